// SPDX-License-Identifier: MIT
// Which arrays of a network share memory, because they are never needed at the same time in a training step. Then they
// are not in evaluation either: its runs are the forward runs, some of them joined, in the same order.
#pragma once

#include <vector>

#include "sim/nn/program.hpp"

namespace steq {

struct Place {
  std::size_t sample = 0;  ///< values a sample at most
  bool transient = false;  ///< of one strip a thread, in place of a whole tile a slot
};

struct MemoryPlan {
  std::vector<std::size_t> place;  ///< [buffer]; not below places.size() for one that needs none
  std::vector<Place> places;
};

/// Every buffer has a place of its own, but transient ones share it where no run uses both.
template <class T>
MemoryPlan place_values(const Graph<T>& graph, const Program& program);

/// Gradients that are not needed at the same time share a place.
template <class T>
MemoryPlan place_gradients(const Graph<T>& graph, const Program& program);

}  // namespace steq
