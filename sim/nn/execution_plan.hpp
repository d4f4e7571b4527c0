// SPDX-License-Identifier: MIT
// The order in which a batch passes the layers of a graph.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/nn/graph.hpp"

namespace steq {

enum class Phase { collect_forward, forward, loss, collect_backward, backward };

struct Operation {
  Phase phase;
  std::size_t node;
};

/// Operations that follow each other, on a whole micro-batch or strip by strip.
struct Stretch {
  bool by_strips;
  std::vector<Operation> operations;
  std::size_t strip = 0;  ///< samples at most, where it goes by strips

  /// Whether test(operation) holds for one of them.
  template <class Test>
  bool any(const Test& test) const {
    return std::any_of(operations.begin(), operations.end(), test);
  }
};

/// What each micro-batch can do without waiting for the others.
using Segment = std::vector<Stretch>;

struct ExecutionPlan {
  std::vector<Segment> training;  ///< forward, loss and backward; behind a segment micro-batches wait for each other
  Segment evaluation;
  std::vector<bool> needs_gradient;           ///< [buffer]
  std::vector<bool> adds_first, adds_second;  ///< [node]: the gradient of that input is already there; add to it
  /// [buffer]: its values live for one stretch only. Where the backward pass reads them, they are made again.
  std::vector<bool> transient;
};

template <class T>
ExecutionPlan plan_execution(const Graph<T>& graph);

/// visit(stretch) for every stretch of a training step, in order.
template <class Visit>
void for_each_stretch(const ExecutionPlan& plan, const Visit& visit) {
  for (const Segment& segment : plan.training)
    for (const Stretch& stretch : segment) visit(stretch);
}

}  // namespace steq
