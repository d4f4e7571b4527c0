// SPDX-License-Identifier: MIT
// A tensor's gradient is made in lanes, one for each part of the batch that is worked on at the same time. The first is
// the gradient itself; the others are added to it as soon as all are done, and then their memory serves other tensors.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "sim/core/buffer.hpp"
#include "sim/core/parallel.hpp"

namespace steq {

/// lanes[0][i] = (lanes[0][i] + lanes[1][i]) + (lanes[2][i] + lanes[3][i]), or as much of it as there is.
template <class T>
void add_lanes(std::span<T* const> lanes, std::size_t size) {
  if (lanes.size() == 4) {
    T* const a = lanes[0];
    const T *b = lanes[1], *c = lanes[2], *d = lanes[3];
    for (std::size_t i = 0; i < size; ++i) a[i] = (a[i] + b[i]) + (c[i] + d[i]);
    return;
  }
  for (std::size_t l = 1; l < lanes.size(); ++l)
    for (std::size_t i = 0; i < size; ++i) lanes[0][i] += lanes[l][i];
}

template <class T>
class GradientLanes {
 public:
  GradientLanes() = default;

  /// sizes [tensor]; groups: tensors whose lanes are needed at the same time, group after group.
  GradientLanes(std::size_t lanes, const std::vector<std::size_t>& sizes,
                const std::vector<std::vector<std::size_t>>& groups)
      : lanes_(lanes, std::vector<T*>(sizes.size())), pieces_(groups.size()) {
    std::size_t shared = 0;
    for (const auto& group : groups) shared = std::max(shared, values_of(group, sizes));
    memory_ = Buffer<T>((lanes - 1) * shared);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      std::size_t place = 0;
      for (const std::size_t t : groups[g]) {
        for (std::size_t l = 1; l < lanes; ++l) lanes_[l][t] = memory_.data() + (l - 1) * shared + place;
        for (std::size_t first = 0; first < sizes[t]; first += kPiece)
          pieces_[g].push_back({t, first, std::min(kPiece, sizes[t] - first)});
        place += whole_lines<T>(sizes[t]);
      }
    }
  }

  /// Where the gradients are wanted, [tensor].
  void set_first(std::span<T* const> gradients) { lanes_[0].assign(gradients.begin(), gradients.end()); }

  /// [tensor]; null where the tensor is in no group, but in the first lane.
  std::span<T* const> lane(std::size_t lane) const { return lanes_[lane]; }

  void add(std::size_t group, int threads) const {
    if (lanes_.size() < 2) return;
    parallel_for(pieces_[group].size(), threads, [&](std::size_t i, int) {
      const auto [tensor, first, size] = pieces_[group][i];
      std::vector<T*> parts;
      for (const std::vector<T*>& lane : lanes_) parts.push_back(lane[tensor] + first);
      add_lanes<T>(parts, size);
    });
  }

 private:
  struct Piece {
    std::size_t tensor, first, size;
  };
  static constexpr std::size_t kPiece = 1 << 15;

  static std::size_t values_of(const std::vector<std::size_t>& group, const std::vector<std::size_t>& sizes) {
    std::size_t sum = 0;
    for (const std::size_t t : group) sum += whole_lines<T>(sizes[t]);
    return sum;
  }

  std::vector<std::vector<T*>> lanes_;      // [lane][tensor]
  std::vector<std::vector<Piece>> pieces_;  // [group]
  Buffer<T> memory_;                        // of all lanes but the first
};

}  // namespace steq
