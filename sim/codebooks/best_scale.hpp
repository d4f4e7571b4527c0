// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "sim/codebooks/sorted_values.hpp"

namespace steq {

/// codes times scale.
std::vector<double> scaled(const std::vector<double>& codes, double scale);

/// The a that makes the sum of (w - a c)^2 least for the nearest codes c of w / a, from `scale` on in turn until no code
/// changes: a = <w, c> / <c, c>. Codes ascend. A scale of 0 stays. Leng et al., arXiv:1707.09870, section 3.2.
template <class T>
double best_scale(const SortedValues<T>& values, const std::vector<double>& codes, double scale);

}  // namespace steq
