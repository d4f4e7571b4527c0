// SPDX-License-Identifier: MIT
#include "sim/core/jet.hpp"

#include "sim/core/errors.hpp"

namespace steq {
namespace {

const Interval kAnything(-kUnbounded, kUnbounded);

/// g(x) from g, g' and g'' at x's value.
Jet chain(const Jet& x, const Interval& g, const Interval& g1, const Interval& g2) {
  return {g, g1 * x.slope, g2 * boost::numeric::square(x.slope) + g1 * x.curvature};
}

/// What holds for x and for y; at the kink where one takes over from the other there is no second derivative.
Jet either(const Interval& value, const Jet& x, const Jet& y) { return {value, hull(x.slope, y.slope), kAnything}; }

/// Throws unless one interval lies beside the other, up to the rounding of a shared end.
void decide(const Interval& x, const Interval& y) {
  constexpr double kRounding = 0x1p-44;
  const double overlap = std::min(x.upper() - y.lower(), y.upper() - x.lower());
  if (overlap > kRounding * std::max(norm(x), norm(y))) throw Undecided{};
}

}  // namespace

Jet& Jet::operator+=(const Jet& other) { return *this = *this + other; }
Jet& Jet::operator-=(const Jet& other) { return *this = *this - other; }
Jet& Jet::operator*=(const Jet& other) { return *this = *this * other; }
Jet& Jet::operator/=(const Jet& other) { return *this = *this / other; }

Jet operator-(const Jet& x) { return {-x.value, -x.slope, -x.curvature}; }
Jet operator+(const Jet& x, const Jet& y) { return {x.value + y.value, x.slope + y.slope, x.curvature + y.curvature}; }
Jet operator-(const Jet& x, const Jet& y) { return {x.value - y.value, x.slope - y.slope, x.curvature - y.curvature}; }
Jet operator*(const Jet& x, const Jet& y) {
  return {x.value * y.value, x.slope * y.value + x.value * y.slope,
          x.curvature * y.value + 2.0 * (x.slope * y.slope) + x.value * y.curvature};
}
Jet operator/(const Jet& x, const Jet& y) {
  const Interval g = 1.0 / y.value, g2 = boost::numeric::square(g);
  Jet quotient = x * chain(y, g, -g2, 2.0 * (g2 * g));
  quotient.value = x.value / y.value;
  return quotient;
}

bool operator<(const Jet& x, const Jet& y) {
  decide(x.value, y.value);
  return median(x.value) < median(y.value);
}
bool operator<=(const Jet& x, const Jet& y) {
  decide(x.value, y.value);
  return median(x.value) <= median(y.value);
}

Jet abs(const Jet& x) {
  if (x.value.lower() >= 0) return x;
  if (x.value.upper() <= 0) return -x;
  return either(boost::numeric::abs(x.value), x, -x);
}
Jet max(const Jet& x, const Jet& y) {
  if (x.value.lower() >= y.value.upper()) return x;
  if (y.value.lower() >= x.value.upper()) return y;
  return either(boost::numeric::max(x.value, y.value), x, y);
}
Jet min(const Jet& x, const Jet& y) { return -max(-x, -y); }

Jet square(const Jet& x) { return chain(x, boost::numeric::square(x.value), 2.0 * x.value, 2.0); }
Jet sqrt(const Jet& x) {
  const Interval root = boost::numeric::sqrt(x.value), first = 0.5 / root;
  return chain(x, root, first, -0.5 * first / x.value);
}
Jet exp(const Jet& x) {
  const Interval e = boost::numeric::exp(x.value);
  return chain(x, e, e, e);
}
Jet log(const Jet& x) {
  const Interval first = 1.0 / x.value;
  return chain(x, boost::numeric::log(x.value), first, -boost::numeric::square(first));
}
Jet sin(const Jet& x) {
  const Interval s = boost::numeric::sin(x.value);
  return chain(x, s, boost::numeric::cos(x.value), -s);
}
Jet cos(const Jet& x) {
  const Interval c = boost::numeric::cos(x.value);
  return chain(x, c, -boost::numeric::sin(x.value), -c);
}
Jet tanh(const Jet& x) {
  const Interval t = boost::numeric::tanh(x.value), first = 1.0 / boost::numeric::square(boost::numeric::cosh(x.value));
  return chain(x, t, first, -2.0 * (t * first));
}
Jet sinh(const Jet& x) {
  const Interval s = boost::numeric::sinh(x.value);
  return chain(x, s, boost::numeric::cosh(x.value), s);
}
Jet cosh(const Jet& x) {
  const Interval c = boost::numeric::cosh(x.value);
  return chain(x, c, boost::numeric::sinh(x.value), c);
}
Jet pow(const Jet& x, double p) {
  const Interval first = p, second = first * (first - 1.0);
  return chain(x, pow(x.value, p), first * pow(x.value, p - 1), second * pow(x.value, p - 2));
}
Jet pow(const Jet& x, const Jet& exponent) {
  if (width(exponent.value) != 0 || norm(exponent.slope) != 0)
    throw DomainError("the exponent of an enclosed power must be a constant");
  return pow(x, exponent.value.lower());
}

}  // namespace steq
