// SPDX-License-Identifier: MIT
// Weights that are known as a distribution over few values, and what a neuron makes of them. Soudry, Hubara, Meir, NIPS
// 2014; Shayer, Levi, Fetaya, arXiv:1710.07739.
#pragma once

#include <cmath>
#include <numbers>
#include <span>

namespace steq {

struct Moments {
  double mean = 0, variance = 0;

  double deviation() const { return std::sqrt(variance); }
};

/// Of one weight that takes values[k] with probability share[k]; spans of equal size.
inline Moments weight_moments(std::span<const double> values, std::span<const double> share) {
  double mean = 0, square = 0;
  for (std::size_t k = 0; k < values.size(); ++k)
    mean += share[k] * values[k], square += share[k] * values[k] * values[k];
  return {mean, square - mean * mean};
}

/// Of the sum of w_i x_i with independent weights and given inputs: it is nearly normal where many weights count.
inline Moments preactivation_moments(std::span<const Moments> weights, std::span<const double> inputs) {
  Moments sum;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum.mean += weights[i].mean * inputs[i];
    sum.variance += weights[i].variance * inputs[i] * inputs[i];
  }
  return sum;
}

/// The probability that a standard normal number is below x, and its density there.
inline double normal_below(double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; }
inline double normal_density(double x) { return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi); }

/// The probability that a normal number with these moments is above 0.
inline double positive_probability(const Moments& z) { return normal_below(z.mean / z.deviation()); }

/// Local reparametrization: the pre-activation at a standard normal draw.
inline double reparametrized(const Moments& z, double noise) { return z.mean + z.deviation() * noise; }

/// Its derivative along a path on which the moments change at these rates.
inline double reparametrized_slope(const Moments& z, const Moments& rates, double noise) {
  return rates.mean + rates.variance / (2 * z.deviation()) * noise;
}

}  // namespace steq
