// SPDX-License-Identifier: MIT
// Convolutions of 3 x 3 pixels, stride 1 and one row of padding by Winograd's method.
#pragma once

#ifdef __AVX512F__

#include "sim/nn/kernels/kernels.hpp"
#include "sim/nn/kernels/winograd_tiles.hpp"

namespace steq::winograd {

template <std::size_t N>
using Count = std::integral_constant<std::size_t, N>;

/// In which products with so many columns, a multiple of 16, are made.
constexpr std::size_t panel_width(std::size_t columns) { return columns % 32 == 0 ? 32 : 16; }

/// Calls product(rows, vectors), both known to the compiler: the shape of the blocks of a panel.
template <class Product>
void with_block(std::size_t columns, const Product& product) {
  if (panel_width(columns) == 32)
    product(Count<8>(), Count<2>());
  else
    product(Count<16>(), Count<1>());
}

/// The weights of one direction, for every point in panels of output channels.
class TransformedWeights {
 public:
  TransformedWeights(std::size_t from, std::size_t to)
      : from_(from), to_(to), width_(panel_width(to)), data_(kPoints * from * to) {}

  /// [from, width], for the output channels from `to`, a multiple of the width, on
  const float* panel(std::size_t point, std::size_t to) const { return data_.data() + (point * to_ + to) * from_; }

  /// weight(from, to, i, j)
  template <class Weight>
  void set(const Weight& weight) {
    for (std::size_t to = 0; to < to_; to += 16)
      for (std::size_t from = 0; from < from_; ++from)
        in_two_dimensions<3, 6, Vector16>(
            taps,
            [&](std::size_t i, std::size_t j) {
              Vector16 v;
              for (std::size_t lane = 0; lane < 16; ++lane) v[lane] = weight(from, to + lane, i, j);
              return v;
            },
            [&](std::size_t i, std::size_t j, const Vector16& v) {
              store16(data_.data() + ((i * 6 + j) * to_ + to / width_ * width_) * from_ + from * width_ + to % width_,
                      v);
            });
  }

 private:
  std::size_t from_, to_, width_;
  Buffer<float> data_;  // [point][to / width][from][width]
};

/// Those of the output, and of the input's gradient.
class BothDirections {
 public:
  BothDirections(std::size_t in, std::size_t out) : in_(in), forward(in, out), backward(out, in) {}

  /// weights [out, in, 3, 3]
  void set(const float* weights, Mode mode) {
    const auto weight = [&](std::size_t o, std::size_t c, std::size_t i, std::size_t j) {
      return weights[((o * in_ + c) * 3 + i) * 3 + j];
    };
    forward.set([&](std::size_t c, std::size_t o, std::size_t i, std::size_t j) { return weight(o, c, i, j); });
    if (mode == Mode::train)  // the input's gradient is a convolution with the turned kernel
      backward.set(
          [&](std::size_t o, std::size_t c, std::size_t i, std::size_t j) { return weight(o, c, 2 - i, 2 - j); });
  }

 private:
  std::size_t in_;

 public:
  TransformedWeights forward, backward;
};

/// output = W images + bias on n images of the same height and width.
template <class Images, class Output>
void convolve(std::size_t n, const Tiling& from, const Images& images, const TransformedWeights& weights,
              const float* bias, const Tiling& to, const Output& output) {
  const std::size_t tiles = n * from.in_image();
  const Points in = points(Use::workspace, kTileBlock, from.channels),
               out = points(Use::output, kTileBlock, to.channels);
  for (std::size_t first = 0; first < tiles; first += kTileBlock) {
    const std::size_t count = std::min(kTileBlock, tiles - first);
    for (std::size_t t = 0; t < count; ++t) to_points<6>(from, inputs, images, from.place(first + t), -1, t, in);
    with_block(to.channels, [&]<std::size_t R, std::size_t V>(Count<R>, Count<V>) {
      for (std::size_t point = 0; point < kPoints; ++point)
        for (std::size_t c = 0; c < to.channels; c += 16 * V)
          for (std::size_t t = 0; t < count; t += R)
            multiply<R, V>(from.channels, {in.at(point, t), from.channels, 1}, weights.panel(point, c), 16 * V,
                           out.at(point, t) + c, to.channels, false);
    });
    for (std::size_t t = 0; t < count; ++t) to_outputs(to, out, t, bias, output, to.place(first + t));
  }
}

/// For every point, sum over tiles of output gradients [out] times inputs [in].
template <class Gradients>
Points gradient_points(std::size_t n, const Tiling& in, const float* x, const Tiling& out, const Gradients& dy) {
  const std::size_t tiles = n * in.in_image();
  const Points from = points(Use::workspace, kTileBlock, in.channels),
               to = points(Use::output, kTileBlock, out.channels),
               sums = points(Use::gradient, out.channels, in.channels);
  for (std::size_t first = 0; first < tiles; first += kTileBlock) {
    const std::size_t count = std::min(kTileBlock, tiles - first);
    for (std::size_t t = 0; t < count; ++t) {
      to_points<6>(in, inputs, PlainImages{in.grid(), x}, in.place(first + t), -1, t, from);
      to_points<4>(out, output_gradients, dy, out.place(first + t), 0, t, to);
    }
    with_block(in.channels, [&]<std::size_t R, std::size_t V>(Count<R>, Count<V>) {
      for (std::size_t point = 0; point < kPoints; ++point)
        for (std::size_t c = 0; c < in.channels; c += 16 * V)
          for (std::size_t o = 0; o < out.channels; o += R)
            multiply<R, V>(count, {to.at(point, 0) + o, 1, out.channels}, from.at(point, 0) + c, in.channels,
                           sums.at(point, o) + c, in.channels, first > 0);
    });
  }
  return sums;
}

/// dw [out, in, 3, 3]
inline void to_weight_gradient(const Points& sums, float* dw, bool accumulate) {
  for (std::size_t o = 0; o < sums.rows; ++o)
    for (std::size_t c = 0; c < sums.columns; c += 16) {
      float* gradient = dw + (o * sums.columns + c) * 9;
      in_two_dimensions<6, 3, Vector16>(
          tap_gradients, [square = sums.square(o, c)](std::size_t i, std::size_t j) { return load16(square.at(i, j)); },
          [&](std::size_t i, std::size_t j, const Vector16& v) {
            for (std::size_t lane = 0; lane < 16; ++lane) {
              float& target = gradient[lane * 9 + i * 3 + j];
              target = accumulate ? target + v[lane] : v[lane];
            }
          });
    }
}

inline bool applies(const ConvGeometry& g) {
  return g.same_3x3() && g.in.channels % 16 == 0 && g.out.channels % 16 == 0 &&
         g.in.channels * g.out.channels <= 1 << 16;
}

inline Tiling tiling(const SampleShape& shape) { return {shape.height, shape.width, shape.channels}; }

}  // namespace steq::winograd

#endif
