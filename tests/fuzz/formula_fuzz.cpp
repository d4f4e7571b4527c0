// SPDX-License-Identifier: MIT
// Formulas in u.
#include "sim/estimators/formula_curve.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Origin origin = size % 2 == 0 ? Origin::threshold : Origin::level;
  fuzz::accept_or_refuse([&] { FormulaCurve(std::string(fuzz::text(data, size)), origin).integral(-0.5, 0.5); });
  return 0;
}
