// SPDX-License-Identifier: MIT
#include "theory/bounds/obstacles.hpp"

#include "theory/reasons.hpp"

namespace steq {

std::vector<std::string> bounds_obstacles(const Optimizer& optimizer) {
  std::vector<std::string> obstacles = actions_beside_the_rule(optimizer.options());
  const UpdateRule rule = optimizer.rule();
  if (const auto* ball = std::get_if<HeavyBall>(&rule); ball && ball->nesterov)
    obstacles.push_back("the theorem on momentum is about the heavy ball, not about nesterov");
  return obstacles;
}

std::vector<std::string> bounds_obstacles(const Estimator& estimator) {
  return influences_beside_the_weight(estimator.traits());
}

}  // namespace steq
