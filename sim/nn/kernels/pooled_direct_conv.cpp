// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/pooled_direct_conv.hpp"

#ifdef __AVX512F__

#include <algorithm>

namespace steq {
namespace {

/// Images [n, height, width, channels] as planes [n, channels, height + 2, width + 2] with zeros around them.
class PaddedPlanes {
 public:
  PaddedPlanes(std::size_t n, const SampleShape& shape, const float* images)
      : shape_(shape), data_(scratch<float>(Use::workspace, n * shape.channels * plane())) {
    std::fill_n(data_, n * shape.channels * plane(), 0.0f);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t row = 0; row < shape.height; ++row)
        for (std::size_t column = 0; column < shape.width; ++column)
          for (std::size_t c = 0; c < shape.channels; ++c) data_[at(i, c, row + 1, column + 1)] = *images++;
  }

  /// The first of the 4 x 4 values that the outputs at (row, column) and their neighbours to the lower right see.
  const float* patch(std::size_t image, std::size_t channel, std::size_t row, std::size_t column) const {
    return data_ + at(image, channel, row, column);
  }
  std::size_t row_step() const { return shape_.width + 2; }

 private:
  std::size_t plane() const { return (shape_.height + 2) * (shape_.width + 2); }
  std::size_t at(std::size_t image, std::size_t channel, std::size_t row, std::size_t column) const {
    return (image * shape_.channels + channel) * plane() + row * row_step() + column;
  }

  SampleShape shape_;
  float* data_;
};

/// visit(image, row, column) for every second row and column.
template <class Visit>
void for_each_pair(std::size_t n, const SampleShape& shape, const Visit& visit) {
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t row = 0; row < shape.height; row += 2)
      for (std::size_t column = 0; column < shape.width; column += 2) visit(i, row, column);
}

/// visit(tap, pixel's row, its column, the value that the tap meets there) for 9 taps and 2 x 2 pixels.
template <class Visit>
void for_each_tap(const float* patch, std::size_t row_step, const Visit& visit) {
#pragma GCC unroll 9
  for (std::size_t k = 0; k < 9; ++k)
#pragma GCC unroll 4
    for (std::size_t p = 0; p < 4; ++p)
      visit(k, p / 2, p % 2, Vector16(_mm512_set1_ps(patch[(k / 3 + p / 2) * row_step + k % 3 + p % 2])));
}

}  // namespace

void PooledDirectConv::forward(std::size_t n, const float* x, float* y, Signs* signs) {
  const PaddedPlanes planes(n, g_.in, x);
  const PooledOutput output{{g_.out.width, g_.out.channels}, y, signs};
  for (std::size_t o = 0; o < g_.out.channels; o += 16) {
    const Vector16 start = bias_ ? load16(bias_ + o) : Vector16{};
    for_each_pair(n, g_.out, [&](std::size_t i, std::size_t row, std::size_t column) {
      std::array<std::array<Vector16, 2>, 2> sum{{{start, start}, {start, start}}};
      for (std::size_t c = 0; c < g_.in.channels; ++c) {
        const float* taps = taps_.data() + c * 9 * g_.out.channels + o;
        for_each_tap(planes.patch(i, c, row, column), planes.row_step(),
                     [&](std::size_t k, std::size_t a, std::size_t b, const Vector16& value) {
                       sum[a][b] = _mm512_fmadd_ps(value, load16(taps + k * g_.out.channels), sum[a][b]);
                     });
      }
      output.write(i * g_.out.height + row, column, o, sum);
    });
  }
}

void PooledDirectConv::backward_input(std::size_t n, const float* dy, const Signs* signs, float* dx) {
  const UnpooledGradient gradient{{g_.out.width, g_.out.channels}, dy, signs};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t p = 0; p < g_.in.height * g_.in.width; ++p)
      for (std::size_t c = 0; c < g_.in.channels; ++c) {
        Vector16 sum{};
        for (std::size_t k = 0; k < 9; ++k) {
          const std::size_t row = p / g_.in.width + 1 - k / 3, column = p % g_.in.width + 1 - k % 3;
          if (row >= g_.out.height || column >= g_.out.width) continue;  // -1 wraps far above
          const auto pixel = gradient.at(i * g_.out.height + row, column);
          for (std::size_t o = 0; o < g_.out.channels; o += 16)
            sum += pixel.load(o) * load16(taps_.data() + (c * 9 + k) * g_.out.channels + o);
        }
        *dx++ = _mm512_reduce_add_ps(sum);
      }
}

void PooledDirectConv::backward_weights(std::size_t n, const float* x, const float* dy, const Signs* signs, float* dw,
                                        float* dbias, bool accumulate) {
  const PaddedPlanes planes(n, g_.in, x);
  const UnpooledGradient gradient{{g_.out.width, g_.out.channels}, dy, signs};
  for (std::size_t o = 0; o < g_.out.channels; o += 16)
    for (std::size_t c = 0; c < g_.in.channels; ++c) {
      std::array<Vector16, 9> sum{};
      for_each_pair(n, g_.out, [&](std::size_t i, std::size_t row, std::size_t column) {
        std::array<std::array<Vector16, 2>, 2> slope;
        for (std::size_t a = 0; a < 2; ++a)
          for (std::size_t b = 0; b < 2; ++b)
            slope[a][b] = gradient.at(i * g_.out.height + row + a, column + b).load(o);
        for_each_tap(planes.patch(i, c, row, column), planes.row_step(),
                     [&](std::size_t k, std::size_t a, std::size_t b, const Vector16& value) {
                       sum[k] = _mm512_fmadd_ps(value, slope[a][b], sum[k]);
                     });
      });
      for (std::size_t k = 0; k < 9; ++k)
        for (std::size_t lane = 0; lane < 16; ++lane) {
          float& target = dw[(o + lane) * depth() + c * 9 + k];
          target = accumulate ? target + sum[k][lane] : sum[k][lane];
        }
    }
  if (dbias) add_bias_gradient(n * g_.out.height, gradient, dbias, accumulate);
}

}  // namespace steq

#endif
