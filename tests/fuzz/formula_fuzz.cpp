// SPDX-License-Identifier: MIT
// Formulas in u, the weight and the gradient's sign, as an estimator on a small grid.
#include "sim/estimators/estimator.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Grid grid{.levels = {-1, 0, 1}, .thresholds = {-0.5, 0.5}, .range = 1, .delta = 1};
  const Value q = std::string(fuzz::text(data, size)), from = std::string(size % 2 == 0 ? "threshold" : "level");
  fuzz::accept_or_refuse([&] {
    const auto estimator = estimator_registry().make({"formula", {{"q", q}, {"from", from}}}, "input", grid);
    estimator->surrogate(0.3);
    estimator->kinks();
  });
  return 0;
}
