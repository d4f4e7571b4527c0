// SPDX-License-Identifier: MIT
// Enclosures of a function and its first two derivatives by forward-mode automatic differentiation.
#pragma once

#include "sim/core/interval.hpp"

namespace steq {

/// f(x), f'(x) and f''(x) for all x of an interval. At a kink f' holds both one-sided slopes, and f'' is unbounded.
struct Jet {
  Interval value, slope, curvature;

  Jet() = default;
  Jet(double constant) : value(constant), slope(0), curvature(0) {}  // NOLINT: as formulas need it
  Jet(const Interval& f, const Interval& f1, const Interval& f2) : value(f), slope(f1), curvature(f2) {}

  /// The variable itself, over `at`.
  static Jet variable(const Interval& at) { return {at, 1, 0}; }

  Jet& operator+=(const Jet& other);
  Jet& operator-=(const Jet& other);
  Jet& operator*=(const Jet& other);
  Jet& operator/=(const Jet& other);
};

/// A comparison within an enclosed formula that comes out differently for different points. Caught where the enclosure
/// is asked for.
struct Undecided {};

Jet operator-(const Jet& x);
Jet operator+(const Jet& x, const Jet& y);
Jet operator-(const Jet& x, const Jet& y);
Jet operator*(const Jet& x, const Jet& y);
Jet operator/(const Jet& x, const Jet& y);

/// By the midpoints, where the two have at most rounding in common; else they throw Undecided.
bool operator<(const Jet& x, const Jet& y);
bool operator<=(const Jet& x, const Jet& y);
inline bool operator>(const Jet& x, const Jet& y) { return y < x; }
inline bool operator>=(const Jet& x, const Jet& y) { return y <= x; }

Jet abs(const Jet& x);  ///< at 0 the slope from the right
Jet max(const Jet& x, const Jet& y);
Jet min(const Jet& x, const Jet& y);
Jet square(const Jet& x);
Jet sqrt(const Jet& x);
Jet exp(const Jet& x);
Jet log(const Jet& x);
Jet sin(const Jet& x);
Jet cos(const Jet& x);
Jet tanh(const Jet& x);
Jet sinh(const Jet& x);
Jet cosh(const Jet& x);
/// Of x >= 0; the second throws DomainError where the exponent is not constant.
Jet pow(const Jet& x, double p);
Jet pow(const Jet& x, const Jet& exponent);

}  // namespace steq

template <>
struct std::numeric_limits<steq::Jet> : std::numeric_limits<double> {};
