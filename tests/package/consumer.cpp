// SPDX-License-Identifier: MIT
// Asks the installed library for the STE equivalent of an estimator.
#include <fmt/format.h>
#include <sim/quantizers/quantizer.hpp>
#include <theory/rescaling.hpp>

int main() {
  const auto quantizer = steq::quantizer_registry().make(steq::parse_spec("uniform:bits=2,range=1", "quantizer"),
                                                         "quantizer", steq::TensorShape{});
  const auto estimator =
      steq::estimator_registry().make(steq::parse_spec("dsq:k=6.5", "estimator"), "estimator", quantizer->grid());
  const steq::Rescaling rescaling(*estimator);
  fmt::print("{:.6f} {:.6f}\n", rescaling.alpha(), rescaling.map(0.1));
}
