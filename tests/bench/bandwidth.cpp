// SPDX-License-Identifier: MIT
#include "tests/bench/bandwidth.hpp"

#include <algorithm>
#include <chrono>

#include "sim/core/buffer.hpp"
#include "sim/core/parallel.hpp"

namespace steq::bench {
namespace {

constexpr std::size_t kFloats = std::size_t{16} << 20;

void triad(float* __restrict a, const float* __restrict b, const float* __restrict c, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) a[i] = b[i] + 3 * c[i];
}

}  // namespace

double triad_bandwidth(int threads) {
  Buffer<float> a(kFloats), b(kFloats), c(kFloats);
  const auto pieces = static_cast<std::size_t>(threads);
  double best = 0;
  for (int repetition = 0; repetition < 15; ++repetition) {
    const auto start = std::chrono::steady_clock::now();
    parallel_for(pieces, threads, [&](std::size_t piece, int) {
      const std::size_t first = kFloats * piece / pieces, end = kFloats * (piece + 1) / pieces;
      triad(a.data() + first, b.data() + first, c.data() + first, end - first);
    });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, 3.0 * sizeof(float) * kFloats / seconds.count());
  }
  return best;
}

}  // namespace steq::bench
