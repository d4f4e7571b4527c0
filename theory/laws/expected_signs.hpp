// SPDX-License-Identifier: MIT
// Expectation backpropagation: weights -1 and 1 with odds exp(2 h), signs as activations, h updated from each sample.
#pragma once

#include <span>

#include "theory/laws/discrete_posterior.hpp"

namespace steq {

/// Of the sum of w_i v_i, where v_i is -1 or 1 with mean inputs[i]: both are random, and (w v)^2 is always 1.
inline Moments sign_preactivation(std::span<const double> h, std::span<const double> inputs) {
  Moments z;
  for (std::size_t i = 0; i < h.size(); ++i) {
    const double mean = std::tanh(h[i]) * inputs[i];
    z.mean += mean, z.variance += 1 - mean * mean;
  }
  return z;
}

/// The mean of its sign.
inline double expected_sign(const Moments& z) { return 2 * positive_probability(z) - 1; }

/// What is added to h_i when the neuron's sign is `target`, -1 or 1: half of the logarithm by which the odds of w_i = 1
/// change (Bayes), to first order in the weight's share of z, which is d log P(target) / d E[w_i].
inline double sign_update(const Moments& z, double input, double target) {
  const double r = target * z.mean / z.deviation();
  return target * normal_density(r) / normal_below(r) * input / z.deviation();
}

}  // namespace steq
