// SPDX-License-Identifier: MIT
#include "theory/bounds/moment_history.hpp"

#include <algorithm>
#include <cmath>

namespace steq {

void MomentFactors::advance(Step step) {
  const auto [beta1, beta2, epsilon, corrected] = rule_;
  const double first = corrected ? 1 / (1 - std::pow(beta1, step)) : 1;
  second_ = corrected ? 1 / std::sqrt(1 - std::pow(beta2, step)) : 1;
  powers_ += power_;
  aged_powers_ += n_ * n_ * power_;
  power_ *= beta1 * beta1 / beta2;
  ++n_;
  const bool converges = beta1 * beta1 < beta2;
  const double scale = converges ? first * (1 - beta1) / (second_ * std::sqrt(1 - beta2)) : kInfinity;
  update_bound_ = scale * std::sqrt(powers_);
  age_bound_ = scale * std::sqrt(aged_powers_);
}

/// The mean about the q of now follows from that about the q before: V1 and V2 would have to be subtracted from each
/// other, and lose half of their digits.
void GradientHistory::add(double beta2, double h, double q) {
  const double shift = q - q_, square = (1 - beta2) * h * h;
  second_ = beta2 * (second_ - 2 * shift * first_ + shift * shift * plain_);
  first_ = beta2 * (first_ - shift * plain_);
  aged_twice_ = beta2 * (aged_twice_ + 2 * aged_ + plain_);
  aged_ = beta2 * (aged_ + plain_);
  plain_ = beta2 * plain_ + square;
  moment_ = beta2 * moment_ + q * q * square;
  q_ = q;
}

double GradientHistory::spread() const { return std::sqrt(std::max(second_, 0.0)) / q_; }

double GradientHistory::age() const { return plain_ > 0 ? std::sqrt(aged_twice_ / plain_) : 0; }

}  // namespace steq
