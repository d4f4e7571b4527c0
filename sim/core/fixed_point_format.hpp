// SPDX-License-Identifier: MIT
// Fixed-point numbers of so many integer and fraction bits, and the ways to round to them: what the quantizer and the
// storage `fixed-point` share.
#pragma once

#include <array>
#include <cmath>
#include <span>

#include "sim/core/parameters.hpp"
#include "sim/core/random.hpp"
#include "sim/core/within.hpp"

namespace steq {

/// Multiples of eps = 2^-F from -2^(I - 1) to 2^(I - 1) - eps.
class FixedPointFormat {
 public:
  FixedPointFormat(int integer_bits, int fraction_bits, bool stochastic)
      : step_(std::exp2(-fraction_bits)),
        per_step_(1 / step_),
        half_(1 << (integer_bits + fraction_bits - 1)),
        stochastic_(stochastic) {}

  double step() const { return step_; }
  /// Half of the number of levels.
  int half() const { return half_; }
  bool stochastic() const { return stochastic_; }

  /// In steps; a tie goes down.
  template <class T>
  T nearest(T x) const {
    return in_range(std::ceil(x * static_cast<T>(per_step_) - T(0.5)));
  }

  /// value[i] = R(x[i]): drawn where rounding is stochastic, up with the probability of the share of the way. The spans may
  /// be the same.
  template <class T>
  void convert(std::span<const T> x, std::span<T> value, const BlockPlace& place, Purpose purpose) const {
    if (stochastic_) return draw(x, value, place, purpose);
    for (std::size_t i = 0; i < x.size(); ++i) value[i] = nearest(x[i]) * static_cast<T>(step_);
  }

  /// Cut to the lowest and the highest number.
  template <class T>
  T clipped(T x) const {
    const T low = static_cast<T>(-half_ * step_), high = static_cast<T>((half_ - 1) * step_);
    return x < low ? low : x > high ? high : x;
  }

 private:
  template <class T>
  void draw(std::span<const T> x, std::span<T> value, const BlockPlace& place, Purpose purpose) const {
    std::array<double, kBlock> share;
    draw_uniform(place, purpose, std::span(share).first(x.size()));
    for (std::size_t i = 0; i < x.size(); ++i)
      value[i] = static_cast<T>(in_range(std::floor(double{x[i]} * per_step_ + share[i])) * step_);
  }

  template <class T>
  T in_range(T index) const {
    return within(index, static_cast<T>(-half_), static_cast<T>(half_ - 1));
  }

  double step_, per_step_;  // powers of two
  int half_;
  bool stochastic_;
};

/// integer_bits, fraction_bits and rounding.
std::vector<ParameterInfo> fixed_point_parameters();
/// ParameterError where there are fewer than 2 bits, or more than `most`.
FixedPointFormat fixed_point_format(const Parameters& parameters, int most);

}  // namespace steq
