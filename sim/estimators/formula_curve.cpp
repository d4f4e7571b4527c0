// SPDX-License-Identifier: MIT
#include "sim/estimators/formula_curve.hpp"
#include "sim/core/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>
#include <numbers>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

/// Between ends nearer than this share of them there is no room for the nodes of a rule.
constexpr double kNarrow = 1e-9;

const Expression::Constants& constants() {
  static const Expression::Constants known{{"pi", std::numbers::pi}, {"e", std::numbers::e}};
  return known;
}

SampledCurve checked(const std::string& text, const Expression& expression) {
  SampledCurve curve = sample([&](double u) {
    const double q = expression(u);
    if (std::isfinite(q) && q >= 0) return q;
    throw InputError("", fmt::format("\"{}\" is {} at u = {}; allowed: a finite number >= 0 for every u in [-1/2, 1/2]",
                                     text, to_text(Value(q)), u));
  });
  if (curve.upper > 0) return curve;
  throw InputError("", fmt::format("\"{}\" is 0 everywhere; allowed: a formula that is positive somewhere", text));
}

}  // namespace

FormulaCurve::FormulaCurve(const std::string& text, Origin origin)
    : expression_(text, constants()), origin_(origin), sampled_(checked(text, expression_)) {
  find_kinks_of_u();
}

double FormulaCurve::turned(double u) const {
  if (sampled_.symmetric) return origin_ == Origin::threshold ? std::abs(u) : 0.5 - std::abs(u);
  return origin_ == Origin::threshold ? u : u - std::copysign(0.5, u);
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
  for (double& x : u) x = turned(x);
  expression_.evaluate(u);
}

double FormulaCurve::at(double u) const {
  evaluate(std::span(&u, 1));
  return u;
}

bool FormulaCurve::closed() const {
  return sampled_.symmetric || std::abs(expression_(0.5) - expression_(-0.5)) <= 1e-9 * sampled_.upper;
}

double FormulaCurve::integral(double from, double to) const {
  thread_local boost::math::quadrature::tanh_sinh<double> rule;  // takes roots at the ends of a piece in its stride
  std::vector<double> ends{from, 0, to};
  ends.insert(ends.end(), kinks_.begin(), kinks_.end());
  std::erase_if(ends, [&](double end) { return end < from || end > to; });
  std::sort(ends.begin(), ends.end());
  double sum = 0;
  for (std::size_t i = 1; i < ends.size(); ++i) {
    const double a = ends[i - 1], b = ends[i];
    if (b - a < kNarrow * std::max(std::abs(a), std::abs(b)))
      sum += (b - a) * at((a + b) / 2);
    else if (b > a)
      sum += rule.integrate([&](double u) { return at(u); }, a, b, 1e-13);
  }
  return sum;
}

}  // namespace steq
