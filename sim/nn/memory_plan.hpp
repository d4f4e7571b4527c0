// SPDX-License-Identifier: MIT
// Which buffers of a network share memory, because they are never needed at the same time in a training step. Then they
// are not in evaluation either: its stretches are the forward ones, some of them joined, in the same order.
#pragma once

#include <vector>

#include "sim/nn/execution_plan.hpp"

namespace steq {

/// Memory that serves one buffer after the other.
struct Region {
  std::size_t sample = 0;  ///< values a sample at most
  bool transient = false;  ///< of one strip a thread, in place of a whole micro-batch a slot
};

struct MemoryPlan {
  std::vector<std::size_t> region;  ///< [buffer]; not below regions.size() for one that needs none
  std::vector<Region> regions;
};

/// Every buffer has a region of its own, but transient ones share it where no stretch uses both.
template <class T>
MemoryPlan plan_value_memory(const Graph<T>& graph, const ExecutionPlan& plan);

/// Gradients that are not needed at the same time share a region.
template <class T>
MemoryPlan plan_gradient_memory(const Graph<T>& graph, const ExecutionPlan& plan);

}  // namespace steq
