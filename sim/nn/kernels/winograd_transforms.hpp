// SPDX-License-Identifier: MIT
// Winograd's F(4, 3) and F(3, 4) in one dimension, at the points 0, 1, -1, 2, -2 and infinity (Lavin, Gray,
// arXiv:1509.09308, section 4): six products in place of twelve. For six inputs d, three taps g and four outputs
//   y[i] = sum_k d[i + k] g[k]:  y = outputs(inputs(d) * taps(g)),
// and for the gradient of the taps, given four output gradients e,
//   h[k] = sum_i d[i + k] e[i]:  h = tap_gradients(inputs(d) * output_gradients(e)),
// the products * by entry. Entries are numbers, or vectors of neighbouring channels.
#pragma once

#include <array>
#include <type_traits>

namespace steq::winograd {

/// 1 / n as a factor of V's numbers.
template <class V>
constexpr auto part(int n) {
  if constexpr (std::is_arithmetic_v<V>)
    return V(1) / V(n);
  else
    return part<std::remove_cvref_t<decltype(V{}[0])>>(n);
}

inline constexpr auto inputs = []<class V>(const std::array<V, 6>& d) -> std::array<V, 6> {
  const V a = d[4] - 4 * d[2], b = d[3] - 4 * d[1], c = d[4] - d[2], e = 2 * (d[3] - d[1]);
  return {4 * d[0] - 5 * d[2] + d[4], a + b, a - b, c + e, c - e, 4 * d[1] - 5 * d[3] + d[5]};
};

inline constexpr auto taps = []<class V>(const std::array<V, 3>& g) -> std::array<V, 6> {
  const V even = -part<V>(6) * (g[0] + g[2]), odd = -part<V>(6) * g[1];
  const V wide = part<V>(24) * (g[0] + 4 * g[2]), wide_odd = part<V>(12) * g[1];
  return {part<V>(4) * g[0], even + odd, even - odd, wide + wide_odd, wide - wide_odd, g[2]};
};

inline constexpr auto outputs = []<class V>(const std::array<V, 6>& m) -> std::array<V, 4> {
  const V s = m[1] + m[2], d = m[1] - m[2], wide_s = m[3] + m[4], wide_d = m[3] - m[4];
  return {m[0] + s + wide_s, d + 2 * wide_d, s + 4 * wide_s, d + 8 * wide_d + m[5]};
};

inline constexpr auto output_gradients = []<class V>(const std::array<V, 4>& e) -> std::array<V, 6> {
  const V even = -part<V>(6) * (e[0] + e[2]), odd = -part<V>(6) * (e[1] + e[3]);
  const V wide = part<V>(24) * (e[0] + 4 * e[2]), wide_odd = part<V>(12) * (e[1] + 4 * e[3]);
  return {part<V>(4) * e[0], even + odd, even - odd, wide + wide_odd, wide - wide_odd, e[3]};
};

inline constexpr auto tap_gradients = []<class V>(const std::array<V, 6>& m) -> std::array<V, 3> {
  const V s = m[1] + m[2], d = m[1] - m[2], wide_s = m[3] + m[4], wide_d = m[3] - m[4];
  return {m[0] + s + wide_s, d + 2 * wide_d, s + 4 * wide_s + m[5]};
};

/// A transform of all columns, then of all rows: emit(row, column, value) from entry(row, column), In x In to Out x
/// Out.
template <std::size_t In, std::size_t Out, class V, class Transform, class Entry, class Emit>
void in_two_dimensions(const Transform& transform, const Entry& entry, const Emit& emit) {
  std::array<std::array<V, In>, Out> half;
  for (std::size_t column = 0; column < In; ++column) {
    std::array<V, In> whole;
    for (std::size_t row = 0; row < In; ++row) whole[row] = entry(row, column);
    const std::array<V, Out> transformed = transform(whole);
    for (std::size_t row = 0; row < Out; ++row) half[row][column] = transformed[row];
  }
  for (std::size_t row = 0; row < Out; ++row) {
    const std::array<V, Out> transformed = transform(half[row]);
    for (std::size_t column = 0; column < Out; ++column) emit(row, column, transformed[column]);
  }
}

}  // namespace steq::winograd
