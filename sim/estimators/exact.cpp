// SPDX-License-Identifier: MIT
// The derivative of a soft quantizer's own forward pass.
#include "sim/estimators/global_shape.hpp"

namespace steq::estimators {
namespace {

using Form = ForwardSlope::Form;

struct Exact {
  static constexpr bool kEnclosable = false;

  Form form;
  std::shared_ptr<const ForwardSlope> slope;
  std::vector<double> own;        ///< grid parameters of the grid for which it was made
  std::vector<double> centres{};  ///< of the soft steps: the thresholds

  template <class Array>
  void evaluate(Array& w, std::span<const double> numbers) const {
    slope->turn(form, std::span(w.data(), static_cast<std::size_t>(w.size())), numbers);
  }
  template <class Array>
  void evaluate(Array& w) const {
    evaluate(w, std::span<const double>(own));
  }

  double rise(double w) const { return slope->rise(form, w, own); }
  /// Steps do not cancel: none is steeper than all at once. Beyond the outer ones only `clamped` keeps a slope.
  EstimatorBounds bounds() const {
    double steepest = 0;
    for (const double w : centres) {
      Eigen::Array<double, 1, 1> q(w);
      evaluate(q);
      steepest += q[0];
    }
    return {.lower = 0, .upper = steepest, .lipschitz = kInfinity};
  }
  EstimatorTraits traits() const { return {.periodic = false}; }
  ExpressionText expression() const {
    const std::string argument = form == Form::wide ? "beta*(w-t)" : "temperature*beta*(w-t)",
                      shown = form == Form::clamped ? "min(10,abs(" + argument + "))" : argument;
    return {"temperature*beta/4*sum(t,s/cosh(" + shown + "/2)^2)"};
  }
  std::optional<double> reciprocal_rise(double) const { return std::nullopt; }
  std::vector<double> kinks() const { return {}; }
};

Form form_of(const std::string& word) {
  if (word == "clamped") return Form::clamped;
  return word == "wide" ? Form::wide : Form::exact;
}

}  // namespace

EstimatorRegistry::Entry exact() {
  return global_entry(
      {.name = "exact",
       .summary =
           "The derivative of a soft quantizer's own forward pass; with forward=hard a soft slope over hard levels.",
       .formula =
           "q(w) = alpha beta T sum of s_i sig'(T (beta w - b_i)); clamped: the argument of sig' cut to [-10, 10]; "
           "wide: sig'(beta w - b_i)",
       .citation = "Yang et al., arXiv:1911.09464, and the code published with it",
       .parameters = {{.name = "form",
                       .kind = Kind::text,
                       .fallback = Value("exact"),
                       .meaning = "the derivative itself, or what the public code has in its place",
                       .words = {"exact", "clamped", "wide"}}},
       .needs = "soft-staircase:temperature=10"},
      [](const Parameters& p, const Grid& grid) {
        if (!grid.slope)
          throw ParameterError("",
                               "is not allowed: the forward pass of this quantizer has no derivative; allowed: "
                               "quantizer soft-staircase, or another estimator");
        return Exact{form_of(p.text("form")), grid.slope, grid.numbers, grid.thresholds};
      });
}

}  // namespace steq::estimators
