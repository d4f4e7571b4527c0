// SPDX-License-Identifier: MIT
#include "sim/estimators/periodic.hpp"

namespace steq {

ParameterInfo clip_parameter() {
  return {.name = "clip",
          .kind = Kind::boolean,
          .fallback = Value(true),
          .meaning = "no gradient where |w| > W; false: the shape goes on beyond the range"};
}

}  // namespace steq
