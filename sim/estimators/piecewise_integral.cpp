// SPDX-License-Identifier: MIT
#include "sim/estimators/piecewise_integral.hpp"

#include <algorithm>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>

namespace steq {
namespace {

/// Between ends nearer than this share of them there is no room for the nodes of a rule.
constexpr double kNarrow = 1e-9;

}  // namespace

double piecewise_integral(const Curve& f, double from, double to, std::vector<double> breaks) {
  thread_local boost::math::quadrature::tanh_sinh<double> rule;  // takes roots at the ends of a piece in its stride
  breaks.insert(breaks.end(), {from, to});
  std::erase_if(breaks, [&](double end) { return end < from || end > to; });
  std::sort(breaks.begin(), breaks.end());
  double sum = 0;
  for (std::size_t i = 1; i < breaks.size(); ++i) {
    const double a = breaks[i - 1], b = breaks[i];
    if (b - a < kNarrow * std::max(std::abs(a), std::abs(b)))
      sum += (b - a) * f((a + b) / 2);
    else if (b > a)
      sum += rule.integrate(f, a, b, 1e-13);
  }
  return sum;
}

}  // namespace steq
