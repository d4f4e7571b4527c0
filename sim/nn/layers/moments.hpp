// SPDX-License-Identifier: MIT
// Mean and variance of channels, part by part.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace steq::layers {

/// Count, mean and sum of squared deviations of one channel; sums of two parts by Chan et al. (1979).
struct Moments {
  double count = 0, mean = 0, m2 = 0;

  void add(const Moments& other) {
    const double total = count + other.count, difference = other.mean - mean;
    mean += difference * other.count / total;
    m2 += other.m2 + difference * difference * count * other.count / total;
    count = total;
  }
};

/// Of N neighbouring channels, of which the pixel p lies at x + p * step. Deviations are taken from the first pixel, so
/// that one walk is enough and little is lost.
template <std::size_t N, class T>
std::array<Moments, N> moments_of(const T* x, std::size_t pixels, std::size_t step) {
  const auto count = static_cast<double>(pixels);
  std::array<double, N> origin, sum{}, square{};
  for (std::size_t c = 0; c < N; ++c) origin[c] = static_cast<double>(x[c]);
  for (std::size_t p = 0; p < pixels; ++p)
    for (std::size_t c = 0; c < N; ++c) {
      const double d = static_cast<double>(x[p * step + c]) - origin[c];
      sum[c] += d;
      square[c] += d * d;
    }
  std::array<Moments, N> moments;
  for (std::size_t c = 0; c < N; ++c)
    moments[c] = {count, origin[c] + sum[c] / count, std::max(square[c] - sum[c] * sum[c] / count, 0.0)};
  return moments;
}

}  // namespace steq::layers
