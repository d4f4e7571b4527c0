// SPDX-License-Identifier: MIT
// A formula given by a user that asks for the weight or for the gradient's sign: a function on the whole grid, sampled
// bin by bin.
#pragma once

#include "sim/estimators/estimator.hpp"
#include "sim/estimators/formula_curve.hpp"
#include "sim/estimators/shape_array.hpp"

namespace steq {

/// A global shape. Where the sign of the gradient counts, q is the mean over both signs.
class WeightFormula {
 public:
  static constexpr bool kEnclosable = false;  ///< muParser knows doubles alone

  /// Throws InputError without a place where the expression is negative, infinite or NaN somewhere on [-W, W] (of an
  /// unclipped one: out to a million times W), or 0 everywhere. What is narrower than the samples, 256 or more a bin,
  /// can be missed.
  WeightFormula(Expression expression, Origin origin, const Grid& grid, bool clipped);

  template <class Array>
  void evaluate(Array& w) const {
    evaluate_as_double(w, {});
  }
  /// The same for gradients of these signs.
  template <class Array>
  void evaluate(Array& w, const Array& gradient) const {
    const ShapeArray<double> signs = gradient.template cast<double>();
    evaluate_as_double(w, std::span(signs.data(), static_cast<std::size_t>(signs.size())));
  }
  double rise(double w) const { return integral_from_lowest(w) - integral_from_lowest(0); }
  EstimatorBounds bounds() const { return bounds_; }
  EstimatorTraits traits() const { return traits_; }
  ExpressionText expression() const { return from_threshold(expression_, origin_); }
  std::optional<double> reciprocal_rise(double) const { return std::nullopt; }
  std::vector<double> kinks() const { return kinks_; }

 private:
  template <class Array>
  void evaluate_as_double(Array& w, std::span<const double> gradient) const {
    using T = typename Array::Scalar;
    const auto end = static_cast<double>(static_cast<T>(grid_.range));
    ShapeArray<double> q = w.template cast<double>();
    // The end of the range as T knows it belongs to the last bin.
    q = (q.abs() <= end).select(q.min(grid_.range).max(-grid_.range), q).eval();
    evaluate_points(std::span(q.data(), static_cast<std::size_t>(q.size())), gradient);
    w = q.template cast<T>();
  }
  void evaluate_points(std::span<double> w, std::span<const double> gradient) const;

  Expression::Point point(double w, double sign) const;
  /// Of one bin, that may lie beyond the range: the value at u in [-1/2, 1/2], and its mean over the signs.
  double value_in(int bin, double u, double sign) const;
  double mean_in(int bin, double u) const;
  void look_at_bins(int first, int last);
  void look_far_out() const;
  double integral_in(int bin, double from, double to) const;
  double integral_from_lowest(double w) const;

  Expression expression_;
  Origin origin_;
  Grid grid_;
  std::vector<double> signs_;  // 1, or 1 and -1 where the formula names the sign
  EstimatorBounds bounds_;
  EstimatorTraits traits_;
  std::vector<double> kinks_;
  std::vector<double> rises_;  // [levels]: integral of the mean from the lowest level
};

}  // namespace steq
