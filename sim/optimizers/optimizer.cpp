// SPDX-License-Identifier: MIT
#include "sim/optimizers/optimizer.hpp"

namespace steq {

ParameterInfo decay_parameter(const std::string& name, double fallback, const std::string& meaning) {
  return {.name = name, .fallback = Value(fallback), .meaning = meaning, .min = 0, .max = 1, .max_excluded = true};
}

ParameterInfo epsilon_parameter() {
  return {.name = "epsilon",
          .fallback = Value(1e-8),
          .meaning = "added to the root of the second moment",
          .min = 0,
          .max = 1,
          .min_excluded = true,
          .aliases = {{"eps"}}};
}

}  // namespace steq
