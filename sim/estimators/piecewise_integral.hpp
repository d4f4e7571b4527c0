// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "sim/estimators/kink_search.hpp"

namespace steq {

/// The integral of f from `from` to `to`, smooth but for `breaks`: kinks, and places where it may have a root or a pole
/// of its slope. `from` is at most `to`.
double piecewise_integral(const Curve& f, double from, double to, std::vector<double> breaks);

}  // namespace steq
