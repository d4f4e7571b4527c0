// SPDX-License-Identifier: MIT
// Why theory refuses an estimator or an optimizer, in words: each sentence stands here, and nowhere else.
#pragma once

#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"
#include "sim/optimizers/gradient_options.hpp"

namespace steq {

/// What decides the factor of a gradient beside the weight itself, a sentence each; empty where q is a function of the
/// weight alone.
std::vector<std::string> influences_beside_the_weight(const EstimatorTraits& traits);

/// Why theory says nothing of weights on this quantizer's grid; empty where it does.
std::string obstacle_of_grid(const Quantizer& quantizer);

/// Those of which it does, with their defaults.
std::vector<std::string> quantizers_of_theory();

/// What an optimizer does to gradients and weights beside its rule, a sentence each.
std::vector<std::string> actions_beside_the_rule(const GradientOptions& options);

}  // namespace steq
