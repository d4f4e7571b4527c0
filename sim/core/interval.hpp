// SPDX-License-Identifier: MIT
// Interval arithmetic that is rigorous in the default rounding mode: results of + - * / sqrt that are not exact are
// moved outward by one ulp, elementary functions by four. The C library's errors in round-to-nearest are at most two
// ulps for those used here (GNU C Library manual, "Known Maximum Errors in Math Functions").
#pragma once

#include <algorithm>
#include <boost/numeric/interval/arith.hpp>
#include <boost/numeric/interval/checking.hpp>
#include <boost/numeric/interval/compare.hpp>
#include <boost/numeric/interval/constants.hpp>
#include <boost/numeric/interval/interval.hpp>
#include <boost/numeric/interval/policies.hpp>
#include <boost/numeric/interval/transc.hpp>
#include <boost/numeric/interval/utility.hpp>
#include <cmath>

#include "sim/core/types.hpp"

namespace steq {

inline constexpr double kUnbounded = kInfinity;

/// The double `ulps` steps below or above x.
inline double below(double x, int ulps = 1) {
  for (; ulps > 0; --ulps) x = std::nextafter(x, -kUnbounded);
  return x;
}
inline double above(double x, int ulps = 1) {
  for (; ulps > 0; --ulps) x = std::nextafter(x, kUnbounded);
  return x;
}

/// Directed rounding for Boost.Interval, without touching the floating-point environment.
class OutwardRounding {
 public:
  using unprotected_rounding = OutwardRounding;

  static double conv_down(double x) { return x; }
  static double conv_up(double x) { return x; }
  static double add_down(double x, double y) { return down(x + y, exact_sum(x, y)); }
  static double add_up(double x, double y) { return up(x + y, exact_sum(x, y)); }
  static double sub_down(double x, double y) { return add_down(x, -y); }
  static double sub_up(double x, double y) { return add_up(x, -y); }
  static double mul_down(double x, double y) { return x == 0 || y == 0 ? 0 : down(x * y, exact_product(x, y, x * y)); }
  static double mul_up(double x, double y) { return x == 0 || y == 0 ? 0 : up(x * y, exact_product(x, y, x * y)); }
  static double div_down(double x, double y) { return x == 0 ? 0 : down(x / y, exact_product(x / y, y, x)); }
  static double div_up(double x, double y) { return x == 0 ? 0 : up(x / y, exact_product(x / y, y, x)); }
  static double sqrt_down(double x) { return std::max(0.0, down(std::sqrt(x), exact_root(x))); }
  static double sqrt_up(double x) { return up(std::sqrt(x), exact_root(x)); }
  static double median(double x, double y) { return x / 2 + y / 2; }
  static double int_down(double x) { return std::floor(x); }
  static double int_up(double x) { return std::ceil(x); }

  static double exp_down(double x) { return std::max(0.0, below(std::exp(x), kUlps)); }
  static double exp_up(double x) { return above(std::exp(x), kUlps); }
  static double log_down(double x) { return below(std::log(x), kUlps); }
  static double log_up(double x) { return above(std::log(x), kUlps); }
  static double cos_down(double x) { return std::max(-1.0, below(std::cos(x), kUlps)); }
  static double cos_up(double x) { return std::min(1.0, above(std::cos(x), kUlps)); }
  static double tan_down(double x) { return below(std::tan(x), kUlps); }
  static double tan_up(double x) { return above(std::tan(x), kUlps); }
  static double sinh_down(double x) { return below(std::sinh(x), kUlps); }
  static double sinh_up(double x) { return above(std::sinh(x), kUlps); }
  static double cosh_down(double x) { return std::max(1.0, below(std::cosh(x), kUlps)); }
  static double cosh_up(double x) { return above(std::cosh(x), kUlps); }
  static double tanh_down(double x) { return std::max(-1.0, below(std::tanh(x), kUlps)); }
  static double tanh_up(double x) { return std::min(1.0, above(std::tanh(x), kUlps)); }
  static double pow_down(double x, double p) { return std::max(0.0, below(std::pow(x, p), kUlps)); }
  static double pow_up(double x, double p) { return above(std::pow(x, p), kUlps); }

 private:
  static constexpr int kUlps = 4;

  static double down(double x, bool exact) { return exact ? x : below(x); }
  static double up(double x, bool exact) { return exact ? x : above(x); }
  /// The rounding error of a sum, itself a double, is 0 (Knuth, The Art of Computer Programming 2, 4.2.2).
  static bool exact_sum(double x, double y) {
    const double sum = x + y, part = sum - x;
    return (x - (sum - part)) + (y - part) == 0;
  }
  /// Underflow could hide the error of a small product.
  static bool exact_product(double x, double y, double product) {
    return std::abs(product) > 1e-280 && std::fma(x, y, -product) == 0;
  }
  static bool exact_root(double x) { return x == 0 || exact_product(std::sqrt(x), std::sqrt(x), x); }
};

using Interval = boost::numeric::interval<
    double,
    boost::numeric::interval_lib::policies<OutwardRounding, boost::numeric::interval_lib::checking_base<double>>>;

/// x^p for x >= 0. Throws DomainError where x reaches below 0.
Interval pow(const Interval& x, double p);

}  // namespace steq
