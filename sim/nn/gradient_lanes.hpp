// SPDX-License-Identifier: MIT
// A batch's gradient lies in lanes, one for each part of the batch that was worked on at the same time; or in the first
// lane alone, where a layer makes its gradient for the whole batch.
#pragma once

#include <algorithm>
#include <deque>
#include <span>
#include <vector>

#include "sim/nn/network.hpp"

namespace steq {

/// Memory for the gradients of a network's tensors.
template <class T>
class GradientLanes {
 public:
  explicit GradientLanes(const Network<T>& network) {
    for (std::size_t t = 0; t < network.tensors().size(); ++t)
      for (std::size_t lane = 0; lane < network.lanes(); ++lane) {
        if (lane == pointers_.size()) pointers_.emplace_back(network.tensors().size());
        if (lane < network.lanes(t)) pointers_[lane][t] = memory_.emplace_back(network.tensors()[t].size()).data();
      }
  }

  /// [lane][tensor]; null where a tensor has no such lane.
  const std::vector<std::vector<T*>>& pointers() const { return pointers_; }

 private:
  std::deque<Buffer<T>> memory_;
  std::vector<std::vector<T*>> pointers_;
};

/// sum[i] = (lane 0 + lane 1) + (lane 2 + lane 3), or as much of it as there is, for the weights of a tensor from
/// `first` on.
template <class T>
void add_lanes(std::span<const std::vector<T*>> lanes, std::size_t tensor, std::size_t first, std::span<T> sum) {
  const auto lane = [&](std::size_t l) { return lanes[l][tensor] + first; };
  if (lanes.size() == 4 && lanes[3][tensor]) {
    const T *a = lane(0), *b = lane(1), *c = lane(2), *d = lane(3);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = (a[i] + b[i]) + (c[i] + d[i]);
    return;
  }
  std::copy_n(lane(0), sum.size(), sum.data());
  for (std::size_t l = 1; l < lanes.size() && lanes[l][tensor]; ++l)
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += lane(l)[i];
}

}  // namespace steq
