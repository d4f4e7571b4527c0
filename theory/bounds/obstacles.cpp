// SPDX-License-Identifier: MIT
#include "theory/bounds/obstacles.hpp"

namespace steq {

std::vector<std::string> bounds_obstacles(const Optimizer& optimizer) {
  std::vector<std::string> obstacles;
  if (optimizer.options() != GradientOptions{}) obstacles.push_back("the optimizer clips gradients or decays weights");
  const UpdateRule rule = optimizer.rule();
  if (const auto* ball = std::get_if<HeavyBall>(&rule); ball && ball->nesterov)
    obstacles.push_back("the theorem on momentum is about the heavy ball, not about nesterov");
  return obstacles;
}

std::vector<std::string> bounds_obstacles(const Estimator& estimator) {
  const EstimatorTraits traits = estimator.traits();
  std::vector<std::string> obstacles;
  if (traits.noisy) obstacles.push_back("q is drawn at random");
  if (traits.sign_dependent) obstacles.push_back("q depends on the gradient's sign");
  if (traits.layer_wide) obstacles.push_back("q depends on the other weights of the layer");
  return obstacles;
}

}  // namespace steq
