// SPDX-License-Identifier: MIT
// A staircase whose steps are sigmoids: what a Quantization Network trains in place of its levels.
#pragma once

#include <span>
#include <vector>

#include "sim/core/types.hpp"
#include "sim/quantizers/forward_slope.hpp"

namespace steq {

/// alpha (sum of s_i sig(T (beta w - b_i)) - o). The numbers are alpha, beta, T, and the thresholds b_i where they are
/// not given here.
class SigmoidSteps final : public ForwardSlope {
 public:
  /// heights s_i [n]; offset o; thresholds b_i in units of beta w, [n] or empty.
  SigmoidSteps(std::vector<double> heights, double offset, std::vector<double> thresholds)
      : heights_(std::move(heights)), offset_(offset), thresholds_(std::move(thresholds)) {}

  std::span<const double> thresholds(std::span<const double> numbers) const {
    return thresholds_.empty() ? numbers.subspan(3, heights_.size()) : std::span(thresholds_);
  }
  /// The height of level j above zero, in units of alpha.
  double height(std::size_t level) const;

  /// At most kBlock of them each.
  void values(std::span<const float> w, std::span<float> value, std::span<const double> numbers) const;
  void values(std::span<const double> w, std::span<double> value, std::span<const double> numbers) const;
  /// The values and, in place of the weights, the slopes of form `exact`: one exponential for both.
  void values_and_slopes(std::span<float> w, std::span<float> value, std::span<const double> numbers) const;
  void values_and_slopes(std::span<double> w, std::span<double> value, std::span<const double> numbers) const;
  void turn(Form form, std::span<float> w, std::span<const double> numbers) const override;
  void turn(Form form, std::span<double> w, std::span<const double> numbers) const override;
  double rise(Form form, double w, std::span<const double> numbers) const override;

 private:
  template <class T, class Visit>
  void for_each_step(Form form, std::span<const T> w, std::span<const double> numbers, const Visit& visit) const;
  template <class T>
  void values_in(std::span<const T> w, std::span<T> value, std::span<const double> numbers) const;
  template <class T>
  void both_in(std::span<T> w, std::span<T> value, std::span<const double> numbers) const;
  template <class T>
  void turn_in(Form form, std::span<T> w, std::span<const double> numbers) const;

  std::vector<double> heights_;
  double offset_;
  std::vector<double> thresholds_;
};

}  // namespace steq
