// SPDX-License-Identifier: MIT
// Any shape that can be written down: a formula in u, the same in every bin, or in the weight and the gradient's sign.
#include "sim/estimators/formula_curve.hpp"
#include "sim/estimators/global_shape.hpp"
#include "sim/estimators/weight_formula.hpp"

namespace steq::estimators {
namespace {

template <class Array>
void evaluate_formula(const FormulaCurve& curve, Array& u) {
  using T = typename Array::Scalar;
  ShapeArray<double> q = u.template cast<double>();
  curve.evaluate(std::span(q.data(), static_cast<std::size_t>(q.size())));
  u = q.template cast<T>();
}

/// q(u) = q(-u).
struct SymmetricFormula {
  static constexpr bool kEnclosable = false;  // muParser knows doubles alone
  FormulaCurve curve;

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    evaluate_formula(curve, u);
  }
  double rise(double u) const { return curve.integral(0, u); }
  EstimatorBounds bounds() const {
    const SampledCurve& sampled = curve.sampled();
    return {.lower = sampled.lower, .upper = sampled.upper, .lipschitz = sampled.lipschitz};
  }
  EstimatorTraits traits() const { return {.positive = !curve.sampled().vanishes, .smooth = curve.smooth()}; }
  ExpressionText expression() const { return curve.expression(); }
  std::optional<double> reciprocal_integral(double) const { return std::nullopt; }
  std::optional<double> reciprocal_integral_inverse(double) const { return std::nullopt; }
  std::vector<double> kinks() const { return curve.kinks(); }
};

/// q differs on the two sides of a threshold.
struct AsymmetricFormula {
  static constexpr bool kEnclosable = false;
  FormulaCurve curve;
  Grid grid;

  template <class Array>
  void evaluate(Array& w) const {
    using T = typename Array::Scalar;
    const Array position = (w + static_cast<T>(grid.range)) / static_cast<T>(grid.delta);
    // The upper end of the range belongs to the last bin.
    w = (w == static_cast<T>(grid.range)).select(T(0.5), position - position.floor() - T(0.5)).eval();
    evaluate_formula(curve, w);
  }
  /// From the level below 0, less what lies between that and 0.
  double rise(double w) const {
    const auto from_lowest = [&](double x) {
      const double position = (x + grid.range) / grid.delta, bins = std::floor(position);
      return bins * curve.integral(-0.5, 0.5) + curve.integral(-0.5, position - bins - 0.5);
    };
    return grid.delta * (from_lowest(w) - from_lowest(0));
  }
  /// Whether the two ends of the formula's interval meet inside the range: at its levels, or at the thresholds.
  bool seam() const { return curve.origin() == Origin::level || grid.thresholds.size() > 1; }
  bool smooth() const { return curve.smooth() && (curve.closed() || !seam()); }
  EstimatorBounds bounds() const {
    const SampledCurve& sampled = curve.sampled();
    return {.lower = sampled.lower,
            .upper = sampled.upper,
            .lipschitz = smooth() ? sampled.lipschitz / grid.delta : kInfinity};
  }
  EstimatorTraits traits() const {
    return {.positive = !curve.sampled().vanishes, .periodic = false, .smooth = smooth()};
  }
  ExpressionText expression() const { return curve.expression(); }
  std::optional<double> reciprocal_rise(double) const { return std::nullopt; }
  /// In the range and some way beyond, with levels and thresholds.
  std::vector<double> kinks() const {
    const auto bins = static_cast<int>(grid.intervals());
    std::vector<double> kinks;
    for (int bin = -4 * bins; bin < 5 * bins; ++bin) {
      const double level = -grid.range + bin * grid.delta, threshold = level + grid.delta / 2;
      kinks.insert(kinks.end(), {level, threshold});
      for (const double u : curve.kinks()) kinks.push_back(threshold + u * grid.delta);
    }
    return kinks;
  }
};

bool same_in_every_bin(const Expression& expression) { return !expression.uses("w") && !expression.uses("g"); }
bool same_on_every_grid(const Expression& expression) {
  return same_in_every_bin(expression) && !expression.uses("W") && !expression.uses("delta");
}

Expression compiled(const std::string& text, double range, double delta) {
  Expression::Constants constants = formula_constants();
  constants.insert(constants.end(), {{"W", range}, {"delta", delta}});
  return {text, constants};
}

std::unique_ptr<Estimator> make_on(const Grid& grid, const Parameters& p) {
  const Expression expression = compiled(p.text("q"), grid.range, grid.delta);
  const Origin origin = p.text("from") == "level" ? Origin::level : Origin::threshold;
  const Gate gate = gate_of(p, grid);
  if (!same_in_every_bin(expression))
    return std::make_unique<GlobalEstimator<WeightFormula>>(
        WeightFormula(expression, origin, grid, std::isfinite(gate.reach(grid))), grid, gate);
  FormulaCurve curve(expression, origin);
  if (curve.sampled().symmetric)
    return std::make_unique<PeriodicEstimator<SymmetricFormula>>(SymmetricFormula{std::move(curve)}, grid, gate);
  return std::make_unique<GlobalEstimator<AsymmetricFormula>>(AsymmetricFormula{std::move(curve), grid}, grid, gate);
}

std::unique_ptr<Estimator> make_formula(const Parameters& p, const Grid& grid) {
  require_even_bins(grid);
  try {
    return make_on(grid, p);
  } catch (const InputError& error) {
    throw ParameterError("q", error.problems().front().text);
  }
}

/// Not worth an estimator: the whole of what is wrong with the text, as far as that can be told without a grid.
std::string refusal(const Value& text) {
  try {
    const Expression expression = compiled(std::get<std::string>(text), 1, 1);
    if (same_on_every_grid(expression)) const FormulaCurve accepted(expression, Origin::threshold);
    return "";
  } catch (const InputError& error) {
    return error.problems().front().text;
  }
}

}  // namespace

EstimatorRegistry::Entry formula() {
  return {
      {.name = "formula",
       .summary =
           "A shape of your own: a formula in u, the same in every bin, or in the weight and the gradient's sign.",
       .formula =
           "q as given, in u: distance from the nearest threshold in units of delta, negative below it; w: latent "
           "weight; W: range; delta: grid spacing; g: sign of the gradient, 1 or -1",
       .citation = "the class of Schoenbauer et al., arXiv:2405.05171, where q is positive and Lipschitz continuous",
       .parameters = {{.name = "q",
                       .kind = Kind::formula,
                       .meaning = "formula in u, w, W, delta and g (muParser's syntax) with the constants pi and e; "
                                  "finite and >= 0",
                       .example = Value("1+0.5*cos(2*pi*u)"),
                       .refusal = refusal},
                      {.name = "from",
                       .kind = Kind::text,
                       .fallback = Value("threshold"),
                       .meaning = "where u = 0: the nearest threshold (levels at +-1/2), or the nearest level "
                                  "(thresholds at +-1/2)",
                       .words = {"threshold", "level"}},
                      gate_parameter()}},
      make_formula};
}

}  // namespace steq::estimators
