// SPDX-License-Identifier: MIT
// A batch's gradient lies in lanes, one for each part of the batch that was worked on at the same time.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace steq {

/// sum[i] = (lane 0 + lane 1) + (lane 2 + lane 3), or as much of it as there is, for the weights of a tensor from
/// `first` on.
template <class T>
void add_lanes(std::span<const std::vector<T*>> lanes, std::size_t tensor, std::size_t first, std::span<T> sum) {
  const auto lane = [&](std::size_t l) { return lanes[l][tensor] + first; };
  if (lanes.size() == 4) {
    const T *a = lane(0), *b = lane(1), *c = lane(2), *d = lane(3);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = (a[i] + b[i]) + (c[i] + d[i]);
    return;
  }
  std::copy_n(lane(0), sum.size(), sum.data());
  for (std::size_t l = 1; l < lanes.size(); ++l)
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += lane(l)[i];
}

}  // namespace steq
