// SPDX-License-Identifier: MIT
// A relu and the mean over 2 x 2 pixels behind a convolution, in registers: neither the convolution's output nor its
// gradient is ever written. What stays of the output is, for every value, whether it was positive.
#pragma once

#ifdef __AVX512F__

#include <array>

#include "sim/nn/kernels/pooled_conv.hpp"
#include "sim/nn/kernels/vector16.hpp"

namespace steq {

/// Images [rows, width, channels] of one size, one below the other.
struct PixelGrid {
  std::size_t width, channels;

  std::size_t at(std::size_t row, std::size_t column) const { return (row * width + column) * channels; }
};

/// max(v, 0), written so that a NaN passes, and is found.
inline Vector16 rectified(const Vector16& v) {
  return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(v, Vector16{}, _CMP_NLT_UQ), v);
}

inline Signs positive(const Vector16& v) { return _mm512_cmp_ps_mask(v, Vector16{}, _CMP_GT_OQ); }

/// Receives a convolution's output: writes means [rows / 2, width / 2, channels] and signs [rows, width, channels /
/// 16].
struct PooledOutput {
  PixelGrid grid;
  float* means;
  Signs* signs;  // null where nobody wants them

  /// The pixels at `row` and `column`, both even, and their neighbours; 16 channels from `channel` on.
  void write(std::size_t row, std::size_t column, std::size_t channel,
             const std::array<std::array<Vector16, 2>, 2>& pixels) const {
    Vector16 sum{};
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t j = 0; j < 2; ++j) {
        if (signs) signs[(grid.at(row + i, column + j) + channel) / 16] = positive(pixels[i][j]);
        sum += rectified(pixels[i][j]);
      }
    const PixelGrid pooled{grid.width / 2, grid.channels};
    store16(means + pooled.at(row / 2, column / 2) + channel, 0.25f * sum);
  }
};

/// Reads the gradient of a convolution's output from that of the means, `dy`.
struct UnpooledGradient {
  PixelGrid grid;
  const float* dy;
  const Signs* signs;

  struct Pixel {
    const float* mean = nullptr;
    const Signs* positive = nullptr;

    explicit operator bool() const { return mean; }
    Vector16 load(std::size_t channel) const {
      return _mm512_maskz_mul_ps(positive[channel / 16], _mm512_set1_ps(0.25f), load16(mean + channel));
    }
  };
  Pixel at(std::size_t row, std::size_t column) const {
    const PixelGrid pooled{grid.width / 2, grid.channels};
    return {dy + pooled.at(row / 2, column / 2), signs + grid.at(row, column) / 16};
  }
};

/// Sums of that gradient over all pixels, overwritten or added to.
inline void add_bias_gradient(std::size_t rows, const UnpooledGradient& dy, float* gradient, bool accumulate) {
  for (std::size_t c = 0; c < dy.grid.channels; c += 16) {
    Vector16 sum = accumulate ? load16(gradient + c) : Vector16{};
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t column = 0; column < dy.grid.width; ++column) sum += dy.at(row, column).load(c);
    store16(gradient + c, sum);
  }
}

}  // namespace steq

#endif
