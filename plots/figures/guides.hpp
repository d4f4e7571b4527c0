// SPDX-License-Identifier: MIT
// Thin grey lines behind the data: where thresholds are, and where two axes are equal.
#pragma once

#include <string>
#include <vector>

namespace steq {

/// Commands that take away earlier guides and draw upright ones at these places of the x axis, level ones at these of
/// the y axis, dotted.
std::string guides(const std::vector<double>& upright, const std::vector<double>& level);

/// Adds the line y = x from `low` to `high`, dashed.
std::string diagonal(double low, double high);

}  // namespace steq
