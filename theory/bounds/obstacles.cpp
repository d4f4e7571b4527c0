// SPDX-License-Identifier: MIT
#include "theory/bounds/obstacles.hpp"

namespace steq {

std::vector<std::string> bounds_obstacles(const Optimizer& optimizer, const Estimator& estimator) {
  const EstimatorTraits traits = estimator.traits();
  std::vector<std::string> obstacles;
  if (optimizer.options() != GradientOptions{}) obstacles.push_back("the optimizer clips gradients or decays weights");
  if (traits.noisy) obstacles.push_back("q is drawn at random");
  if (traits.sign_dependent) obstacles.push_back("q depends on the gradient's sign");
  if (traits.layer_wide) obstacles.push_back("q depends on the other weights of the layer");
  return obstacles;
}

}  // namespace steq
