// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace steq {

/// The centres of Lloyd's algorithm on a line, ascending: values go to the nearest centre (of two as near to the lower),
/// centres to the mean of their values, until nothing changes; a centre without values stays. It begins with `count`
/// centres, equidistant from the smallest to the largest value. No order of the values changes the result.
std::vector<double> kmeans(std::vector<double> values, std::size_t count);

}  // namespace steq
