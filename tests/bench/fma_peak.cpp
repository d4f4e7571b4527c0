// SPDX-License-Identifier: MIT
#include "tests/bench/fma_peak.hpp"

#include <immintrin.h>

#include <algorithm>
#include <chrono>

#include "sim/core/parallel.hpp"

namespace steq::bench {
namespace {

#if defined(__AVX512F__)
using Vector = __m512;
Vector multiply_add(Vector a, Vector b, Vector c) { return _mm512_fmadd_ps(a, b, c); }
#elif defined(__FMA__)
using Vector = __m256;
Vector multiply_add(Vector a, Vector b, Vector c) { return _mm256_fmadd_ps(a, b, c); }
#else
using Vector = __m128;
Vector multiply_add(Vector a, Vector b, Vector c) { return _mm_add_ps(_mm_mul_ps(a, b), c); }
#endif

/// Keeps the compiler from folding the loop away.
void keep(Vector& v) { asm volatile("" : "+x"(v)); }

constexpr int kWidth = sizeof(Vector) / sizeof(float);
constexpr int kChains = 10;

void chains(long iterations) {
  Vector s0{}, s1{}, s2{}, s3{}, s4{}, s5{}, s6{}, s7{}, s8{}, s9{}, a{}, b{};
  keep(a), keep(b);
  for (long k = 0; k < iterations; ++k) {
    s0 = multiply_add(a, s0, b), s1 = multiply_add(a, s1, b), s2 = multiply_add(a, s2, b);
    s3 = multiply_add(a, s3, b), s4 = multiply_add(a, s4, b), s5 = multiply_add(a, s5, b);
    s6 = multiply_add(a, s6, b), s7 = multiply_add(a, s7, b), s8 = multiply_add(a, s8, b);
    s9 = multiply_add(a, s9, b);
    keep(s0), keep(s1), keep(s2), keep(s3), keep(s4), keep(s5), keep(s6), keep(s7), keep(s8), keep(s9);
  }
}

}  // namespace

double fma_peak(int threads) {
  // Short repetitions, so that some are not interrupted where the machine is busy.
  constexpr long kIterations = 2'000'000;
  double best = 0;
  for (int repetition = 0; repetition < 30; ++repetition) {
    const auto start = std::chrono::steady_clock::now();
    parallel_for(static_cast<std::size_t>(threads), threads, [](std::size_t, int) { chains(kIterations); });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, 2.0 * kWidth * kChains * kIterations * threads / seconds.count());
  }
  return best;
}

}  // namespace steq::bench
