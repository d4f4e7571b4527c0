// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

namespace steq {

/// Median (of the two in the middle the mean) and range.
struct Spread {
  double median, low, high;
};
/// Nothing where there are no values.
std::optional<Spread> spread_of(std::vector<double> values);

}  // namespace steq
