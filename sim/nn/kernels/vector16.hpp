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

/// c (+)= a b for a [Rows, depth], b [depth, 16 Vectors] and c [Rows, 16 Vectors]; rows of b are neighbouring floats
/// and `b_step` apart, those of c `c_step`. Rows x Vectors of 16 keep the processor busy and leave registers for the
/// rest.
template <std::size_t Rows, std::size_t Vectors>
[[gnu::always_inline]] inline void multiply(std::size_t depth, const Strided& a, const float* b, std::size_t b_step,
                                            float* c, std::size_t c_step, bool accumulate) {
  Vector16 sum[Rows][Vectors] = {};
  if (accumulate)
    for (std::size_t r = 0; r < Rows; ++r)
      for (std::size_t v = 0; v < Vectors; ++v) sum[r][v] = load16(c + r * c_step + 16 * v);
  for (std::size_t k = 0; k < depth; ++k) {
    Vector16 row[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) row[v] = load16(b + k * b_step + 16 * v);
    for (std::size_t r = 0; r < Rows; ++r) {
      const Vector16 x = _mm512_set1_ps(a.data[r * a.row_step + k * a.column_step]);
      for (std::size_t v = 0; v < Vectors; ++v) sum[r][v] = _mm512_fmadd_ps(x, row[v], sum[r][v]);
    }
  }
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t v = 0; v < Vectors; ++v) store16(c + r * c_step + 16 * v, sum[r][v]);
}

}  // namespace steq

#endif
