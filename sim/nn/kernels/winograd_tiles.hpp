// SPDX-License-Identifier: MIT
// Images cut into tiles of 4 x 4 pixels, and what Winograd's transforms make of them: 36 points for every channel.
#pragma once

#ifdef __AVX512F__

#include "sim/nn/kernels/scratch.hpp"
#include "sim/nn/kernels/vector16.hpp"
#include "sim/nn/kernels/winograd_transforms.hpp"

namespace steq::winograd {

inline constexpr std::size_t kPoints = 36;  // products of a tile of 4 x 4 outputs, for every pair of channels
inline constexpr std::size_t kBlock = 32;   // tiles whose products are made at once, so that they stay in cache
inline constexpr std::size_t kGap = 32;     // floats between points, which would else fall on the same lines of a cache

/// For every point a matrix [rows, columns]: of tiles and channels, or of two kinds of channels.
struct Points {
  float* data;
  std::size_t rows, columns;

  static std::size_t floats(std::size_t rows, std::size_t columns) { return kPoints * (rows * columns + kGap); }
  float* at(std::size_t point, std::size_t row) const { return data + point * (rows * columns + kGap) + row * columns; }
};

inline Points points(Use use, std::size_t rows, std::size_t columns) {
  return {scratch<float>(use, Points::floats(rows, columns)), rows, columns};
}

/// Images [n, height, width, channels] in tiles of 4 x 4 pixels, numbered through all images.
struct Tiling {
  std::size_t height, width, channels;

  std::size_t across() const { return (width + 3) / 4; }
  std::size_t in_image() const { return (height + 3) / 4 * across(); }

  /// The pixels (first + i, first + j) of a tile, i and j below N; null where they lie outside of the image.
  template <std::size_t N, class T>
  std::array<std::array<T*, N>, N> pixels(T* images, std::size_t tile, std::ptrdiff_t first) const {
    const auto height_s = static_cast<std::ptrdiff_t>(height), width_s = static_cast<std::ptrdiff_t>(width);
    T* const image = images + tile / in_image() * height * width * channels;
    const std::size_t place = tile % in_image();
    std::array<std::array<T*, N>, N> found;
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) {
        const auto row = static_cast<std::ptrdiff_t>(place / across() * 4 + i) + first;
        const auto column = static_cast<std::ptrdiff_t>(place % across() * 4 + j) + first;
        const bool inside = row >= 0 && row < height_s && column >= 0 && column < width_s;
        found[i][j] = inside ? image + (row * width_s + column) * static_cast<std::ptrdiff_t>(channels) : nullptr;
      }
    return found;
  }
};

/// Tiles of In x In pixels from `first` on become 6 x 6 points.
template <std::size_t In, class Transform>
void to_points(const Tiling& tiling, const Transform& transform, const float* images, std::size_t tile,
               std::ptrdiff_t first, std::size_t row, const Points& points) {
  const auto pixels = tiling.pixels<In>(images, tile, first);
  for (std::size_t c = 0; c < tiling.channels; c += 16)
    in_two_dimensions<In, 6, Vector16>(
        transform, [&](std::size_t i, std::size_t j) { return pixels[i][j] ? load16(pixels[i][j] + c) : Vector16{}; },
        [&](std::size_t i, std::size_t j, const Vector16& v) { store16(points.at(i * 6 + j, row) + c, v); });
}

inline void to_outputs(const Tiling& tiling, const Points& points, std::size_t row, const float* bias, float* images,
                       std::size_t tile) {
  const auto pixels = tiling.pixels<4>(images, tile, 0);
  for (std::size_t c = 0; c < tiling.channels; c += 16) {
    const Vector16 start = bias ? load16(bias + c) : Vector16{};
    in_two_dimensions<6, 4, Vector16>(
        outputs, [&](std::size_t i, std::size_t j) { return load16(points.at(i * 6 + j, row) + c); },
        [&](std::size_t i, std::size_t j, const Vector16& v) {
          if (pixels[i][j]) store16(pixels[i][j] + c, v + start);
        });
  }
}

}  // namespace steq::winograd

#endif
