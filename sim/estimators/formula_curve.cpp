// SPDX-License-Identifier: MIT
#include "sim/estimators/formula_curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "sim/core/parameters.hpp"
#include "sim/estimators/piecewise_integral.hpp"

namespace steq {
namespace {

SampledCurve checked(const Expression& expression) {
  SampledCurve curve = sample([&](double u) {
    const double q = expression({.u = u});
    if (std::isfinite(q) && q >= 0) return q;
    throw InputError("", fmt::format("\"{}\" is {} at u = {}; allowed: a finite number >= 0 for every u in [-1/2, 1/2]",
                                     expression.text(), to_text(Value(q)), u));
  });
  if (curve.upper > 0) return curve;
  throw InputError(
      "", fmt::format("\"{}\" is 0 everywhere; allowed: a formula that is positive somewhere", expression.text()));
}

}  // namespace

double from_origin(double u, Origin origin) { return origin == Origin::threshold ? u : u - std::copysign(0.5, u); }

ExpressionText from_threshold(const Expression& expression, Origin origin) {
  ExpressionText result{expression.text()};
  if (origin == Origin::level) result.text = substituted(result.text, "u", "u-(u<0?-0.5:0.5)");
  for (const auto& constant : formula_constants())
    if (expression.uses(constant.first)) result.symbols.push_back(constant);
  return result;
}

const Expression::Constants& formula_constants() {
  static const Expression::Constants constants{{"pi", std::numbers::pi}, {"e", std::numbers::e}};
  return constants;
}

FormulaCurve::FormulaCurve(Expression expression, Origin origin)
    : expression_(std::move(expression)), origin_(origin), sampled_(checked(expression_)) {
  find_kinks_of_u();
}

double FormulaCurve::turned(double u) const {
  if (sampled_.symmetric) return origin_ == Origin::threshold ? std::abs(u) : 0.5 - std::abs(u);
  return from_origin(u, origin_);
}

void FormulaCurve::find_kinks_of_u() {
  std::vector<double> kinks = sampled_.kinks.jumps;
  kinks.insert(kinks.end(), sampled_.kinks.bends.begin(), sampled_.kinks.bends.end());
  if (sampled_.symmetric) std::erase_if(kinks, [](double kink) { return !(kink > 1e-7 && kink < 0.5); });
  for (double& kink : kinks) kink = turned(kink);
  std::sort(kinks.begin(), kinks.end());
  kinks_ = std::move(kinks);
}

void FormulaCurve::evaluate(std::span<double> u) const {
  constexpr std::size_t kChunk = 64;
  std::array<Expression::Point, kChunk> points;
  for (std::size_t first = 0; first < u.size(); first += kChunk) {
    const std::span<double> chunk = u.subspan(first, std::min(kChunk, u.size() - first));
    for (std::size_t i = 0; i < chunk.size(); ++i) points[i].u = turned(chunk[i]);
    expression_.evaluate(std::span<const Expression::Point>(points).first(chunk.size()), chunk);
  }
}

double FormulaCurve::at(double u) const {
  evaluate(std::span(&u, 1));
  return u;
}

bool FormulaCurve::closed() const {
  return sampled_.symmetric || std::abs(expression_({.u = 0.5}) - expression_({.u = -0.5})) <= 1e-9 * sampled_.upper;
}

double FormulaCurve::integral(double from, double to) const {
  std::vector<double> breaks = kinks_;
  breaks.push_back(0);
  return piecewise_integral([&](double u) { return at(u); }, from, to, std::move(breaks));
}

}  // namespace steq
