// SPDX-License-Identifier: MIT
#include "theory/quadrature.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

namespace steq {
namespace {

double integrate_piece(const Function& f, double a, double b) {
  // The estimate is that of the lower-order rule, so 1e-11 of it means about 1e-15 in the result. Boost halves the goal
  // with the interval: a stricter one would fall below rounding, and refinement would never end.
  constexpr unsigned kDepth = 15;
  constexpr double kGoal = 1e-11, kAccepted = 1e-9;
  double error = 0;
  // Over [0, 1], so that an interval of the size of rounding is like any other.
  const auto scaled = [&](double x) { return (b - a) * f(a + (b - a) * x); };
  const double value =
      boost::math::quadrature::gauss_kronrod<double, 31>::integrate(scaled, 0, 1, kDepth, kGoal, &error);
  return error <= kAccepted * value ? value : kInfinity;
}

}  // namespace

double integrate(const Function& f, double a, double b, std::vector<double> kinks) {
  std::erase_if(kinks, [&](double kink) { return !(kink > a && kink < b); });
  kinks.push_back(b);
  std::sort(kinks.begin(), kinks.end());
  double sum = 0;
  for (double from = a; double to : kinks) {
    if (to > from) sum += integrate_piece(f, from, to);
    from = to;
  }
  return sum;
}

double find_root(const Function& f, double y, double low, double high) {
  double below = f(low) - y, above = f(high) - y;
  if (!(below < 0)) return low;
  if (!(above > 0)) return high;
  const auto difference = [&](double x) { return f(x) - y; };
  // Interpolation needs finite ends.
  for (int halvings = 0; halvings < 100 && (std::isinf(below) || std::isinf(above)); ++halvings) {
    const double middle = std::midpoint(low, high), value = difference(middle);
    (value > 0 ? high : low) = middle;
    (value > 0 ? above : below) = value;
  }
  if (!(below < 0) || std::isinf(below)) return low;
  if (std::isinf(above)) return high;
  std::uintmax_t steps = 200;
  const boost::math::tools::eps_tolerance<double> last_bits(std::numeric_limits<double>::digits);
  const auto [left, right] = boost::math::tools::toms748_solve(difference, low, high, below, above, last_bits, steps);
  return std::midpoint(left, right);
}

}  // namespace steq
