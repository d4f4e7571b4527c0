// SPDX-License-Identifier: MIT
// Sixteen neighbouring floats, one register of AVX-512, and products of small matrices in such registers.
#pragma once

namespace steq {

#ifdef __AVX512F__
inline constexpr bool kAvx512BuiltIn = true;
#else
inline constexpr bool kAvx512BuiltIn = false;
#endif

}  // namespace steq

#ifdef __AVX512F__

#include <immintrin.h>

#include <cstddef>
#include <cstring>

namespace steq {

using Vector16 [[gnu::vector_size(64)]] = float;

inline Vector16 load16(const float* p) {
  Vector16 v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

inline void store16(float* p, const Vector16& v) { std::memcpy(p, &v, sizeof v); }

/// Where an operand of a product lies: entry (row, column) is data[row * row_step + column * column_step].
struct Strided {
  const float* data;
  std::size_t row_step, column_step;
};

/// c (+)= a b for a [8, depth], b [depth, 32] and c [8, 32]; rows of b are 32 neighbouring floats, rows of c `c_step`
/// apart.
inline void multiply_8x32(std::size_t depth, const Strided& a, const float* b, std::size_t b_step, float* c,
                          std::size_t c_step, bool accumulate) {
  Vector16 sum[8][2] = {};
  if (accumulate)
    for (std::size_t r = 0; r < 8; ++r) sum[r][0] = load16(c + r * c_step), sum[r][1] = load16(c + r * c_step + 16);
  for (std::size_t k = 0; k < depth; ++k) {
    const Vector16 low = load16(b + k * b_step), high = load16(b + k * b_step + 16);
    for (std::size_t r = 0; r < 8; ++r) {
      const Vector16 x = _mm512_set1_ps(a.data[r * a.row_step + k * a.column_step]);
      sum[r][0] = _mm512_fmadd_ps(x, low, sum[r][0]);
      sum[r][1] = _mm512_fmadd_ps(x, high, sum[r][1]);
    }
  }
  for (std::size_t r = 0; r < 8; ++r) store16(c + r * c_step, sum[r][0]), store16(c + r * c_step + 16, sum[r][1]);
}

}  // namespace steq

#endif
