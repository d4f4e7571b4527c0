// SPDX-License-Identifier: MIT
#include "sim/core/parallel.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <vector>

#include "sim/core/cpu_quota.hpp"

namespace steq {

void parallel_for(std::size_t pieces, int threads, const std::function<void(std::size_t, int)>& work) {
  std::vector<std::exception_ptr> failures(pieces);
  // NOLINTNEXTLINE(clang-analyzer-deadcode.DeadStores): clang-tidy does not look into the pragma
  const int team = static_cast<int>(std::clamp<std::size_t>(pieces, 1, static_cast<std::size_t>(threads)));
#pragma omp parallel num_threads(team)
  {
    // Libraries called from a piece stay on its thread, also when the region has one thread only.
    omp_set_num_threads(1);
#pragma omp for schedule(static)
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      try {
        work(piece, omp_get_thread_num());
      } catch (...) {
        failures[piece] = std::current_exception();
      }
    }
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

int available_threads() {
  // the second is OMP_NUM_THREADS, the third OMP_THREAD_LIMIT
  const double allowed = std::min({omp_get_num_procs(), omp_get_max_threads(), omp_get_thread_limit()});
  return static_cast<int>(std::max(1.0, std::min(allowed, std::ceil(cpu_quota().value_or(allowed)))));
}

}  // namespace steq
