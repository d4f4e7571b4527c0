// SPDX-License-Identifier: MIT
#pragma once

#include "sim/nn/execution_plan.hpp"

namespace steq {

/// Finds the buffers that cheap layers make of a stored one and that are read in the same stretch: strip by strip they
/// need memory for one strip, which stays in cache. Before the backward pass reads them, their layers run forward
/// again.
template <class T>
void plan_transient_buffers(const Graph<T>& graph, ExecutionPlan& plan);

}  // namespace steq
