// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace steq {

/// The derivative, by the weight, of a forward pass that has one: a function of the weight and the grid parameters.
/// Immutable.
class ForwardSlope {
 public:
  /// What the public code of Quantization Networks has in place of the derivative stands beside it.
  enum class Form {
    exact,
    clamped,  ///< the slope of each soft step at its argument cut to [-10, 10]
    wide,     ///< T times that of temperature 1
  };
  virtual ~ForwardSlope() = default;

  /// Turns each weight into the slope there; at most kBlock of them.
  virtual void turn(Form form, std::span<float> w, std::span<const double> numbers) const = 0;
  virtual void turn(Form form, std::span<double> w, std::span<const double> numbers) const = 0;
  /// Its integral from 0 to w, in weight units.
  virtual double rise(Form form, double w, std::span<const double> numbers) const = 0;
};

}  // namespace steq
