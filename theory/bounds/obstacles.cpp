// SPDX-License-Identifier: MIT
#include "theory/bounds/obstacles.hpp"

#include "theory/reasons.hpp"

namespace steq {

std::vector<std::string> bounds_obstacles(const Optimizer& optimizer) {
  return actions_beside_the_rule(optimizer.options());
}

std::vector<std::string> bounds_obstacles(const Estimator& estimator) {
  return influences_beside_the_weight(estimator.traits());
}

}  // namespace steq
