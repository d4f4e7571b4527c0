// SPDX-License-Identifier: MIT
// The largest value of a function that rises and then falls: bounds that have no closed form.
#pragma once

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <limits>

namespace steq {

/// The maximum over [low, high] of an f with one peak there (possibly at an end), to about 1e-15 of it.
template <class Function>
double maximum(const Function& f, double low, double high) {
  const auto negative = [&](double x) { return -f(x); };
  const auto [at, value] =
      boost::math::tools::brent_find_minima(negative, low, high, std::numeric_limits<double>::digits / 2);
  return std::max({-value, f(low), f(high)});
}

}  // namespace steq
