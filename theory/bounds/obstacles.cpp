// SPDX-License-Identifier: MIT
#include "theory/bounds/obstacles.hpp"

namespace steq {

std::vector<std::string> bounds_obstacles(const Optimizer& optimizer) {
  if (optimizer.options() == GradientOptions{}) return {};
  return {"the optimizer clips gradients or decays weights"};
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
