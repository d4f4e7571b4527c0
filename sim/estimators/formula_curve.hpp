// SPDX-License-Identifier: MIT
// A formula given by a user as a function of u alone, the signed distance from the nearest threshold in units of delta.
#pragma once

#include "sim/estimators/expression.hpp"
#include "sim/estimators/expression_text.hpp"
#include "sim/estimators/sampled_curve.hpp"

namespace steq {

/// What the u of the text is measured from; 0 there, +-1/2 at the neighbouring levels or thresholds.
enum class Origin { threshold, level };

/// The u of the text where u counts from the threshold, both in [-1/2, 1/2]; also the other way round.
double from_origin(double u, Origin origin);
/// The text where u counts from the threshold, with those of formula_constants() that it names.
ExpressionText from_threshold(const Expression& expression, Origin origin);

/// What formulas of users may name besides variables and grid.
const Expression::Constants& formula_constants();

class FormulaCurve {
 public:
  /// Throws InputError without a place where the expression is negative, infinite or NaN somewhere on [-1/2, 1/2], or 0
  /// everywhere.
  FormulaCurve(Expression expression, Origin origin);

  /// Each u in [-1/2, 1/2] becomes q(u).
  void evaluate(std::span<double> u) const;
  double at(double u) const;

  /// Of the text as it stands, as a function of its own u.
  const SampledCurve& sampled() const { return sampled_; }
  /// Where q or its slope jumps, as u in (-1/2, 1/2), ascending; only those above 0 where q is symmetric.
  const std::vector<double>& kinks() const { return kinks_; }
  /// Whether q is the same on both sides of the seam: at the levels, or at the thresholds where u counts from levels.
  bool closed() const;
  /// Whether q is continuous in (-1/2, 1/2) without 0.
  bool smooth() const { return sampled_.kinks.jumps.empty(); }
  Origin origin() const { return origin_; }

  ExpressionText expression() const { return from_threshold(expression_, origin_); }

  /// Integral of q from `from` to `to`, both in [-1/2, 1/2].
  double integral(double from, double to) const;

 private:
  /// u to the u of the text, and back.
  double turned(double u) const;
  void find_kinks_of_u();

  Expression expression_;
  Origin origin_;
  SampledCurve sampled_;
  std::vector<double> kinks_;
};

}  // namespace steq
