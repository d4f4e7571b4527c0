// SPDX-License-Identifier: MIT
// The one place that starts threads. Work is cut into pieces whose number never depends on the number of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace steq {

/// Runs `work(piece, thread)` for every piece in [0, pieces) on at most `threads` threads (static schedule); `thread`
/// is below `threads`. The first exception, by piece, is thrown again after all have ended.
void parallel_for(std::size_t pieces, int threads, const std::function<void(std::size_t piece, int thread)>& work);

/// Threads that make sense without a word from the user: the cores that this process may use by affinity, control
/// groups and OMP_NUM_THREADS, whichever are fewest. Part of a core counts as one.
int available_threads();

}  // namespace steq
