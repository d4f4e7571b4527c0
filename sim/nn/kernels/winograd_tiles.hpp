// SPDX-License-Identifier: MIT
// Images cut into tiles of 4 x 4 pixels, and what Winograd's transforms make of them: 36 points for every channel.
#pragma once

#ifdef __AVX512F__

#include <cstdint>
#include <type_traits>

#include "sim/nn/kernels/rectified_pool.hpp"
#include "sim/nn/kernels/scratch.hpp"
#include "sim/nn/kernels/winograd_transforms.hpp"

namespace steq::winograd {

inline constexpr std::size_t kPoints = 36;     // products of a tile of 4 x 4 outputs, for every pair of channels
inline constexpr std::size_t kTileBlock = 32;  // tiles whose products are made at once, so that they stay in cache
inline constexpr std::size_t kGap = 32;  // floats between points, which would else fall on the same lines of a cache

/// The 6 x 6 points of one row and column. Loops hold it by value, or every store could change it.
struct Square {
  float* data;
  std::size_t step;  // from a point to the next

  float* at(std::size_t i, std::size_t j) const { return data + (i * 6 + j) * step; }
};

/// For every point a matrix [rows, columns]: of tiles and channels, or of two kinds of channels.
struct Points {
  float* data;
  std::size_t rows, columns;

  static std::size_t floats(std::size_t rows, std::size_t columns) { return kPoints * (rows * columns + kGap); }
  float* at(std::size_t point, std::size_t row) const { return data + point * (rows * columns + kGap) + row * columns; }
  Square square(std::size_t row, std::size_t column) const { return {at(0, row) + column, rows * columns + kGap}; }
};

inline Points points(Use use, std::size_t rows, std::size_t columns) {
  return {scratch<float>(use, Points::floats(rows, columns)), rows, columns};
}

/// A tile's first row and column in its image, and the image's first row among those of all images.
struct TilePlace {
  std::size_t top, row, column;
};

/// Images [n, height, width, channels] in tiles of 4 x 4 pixels, numbered through all images.
struct Tiling {
  std::size_t height, width, channels;

  PixelGrid grid() const { return {width, channels}; }
  std::size_t across() const { return (width + 3) / 4; }
  std::size_t in_image() const { return (height + 3) / 4 * across(); }

  /// Divides in 32 bits, which is faster; there are fewer tiles.
  TilePlace place(std::size_t tile) const {
    const auto index = static_cast<std::uint32_t>(tile), each = static_cast<std::uint32_t>(in_image()),
               row = static_cast<std::uint32_t>(across());
    return {index / each * height, index % each / row * std::size_t{4}, index % each % row * std::size_t{4}};
  }
};

/// Images as they lie in memory.
struct PlainImages {
  PixelGrid grid;
  const float* data;

  struct Pixel {
    const float* channels = nullptr;

    explicit operator bool() const { return channels; }
    Vector16 load(std::size_t channel) const { return load16(channels + channel); }
  };
  Pixel at(std::size_t row, std::size_t column) const { return {data + grid.at(row, column)}; }
};

/// In x In pixels of the images, from `first` pixels beyond the tile's corner on, become 6 x 6 points; zeros around the
/// images.
template <std::size_t In, class Transform, class Images>
void to_points(const Tiling& tiling, const Transform& transform, const Images& images, const TilePlace& tile,
               std::ptrdiff_t first, std::size_t to, const Points& points) {
  const std::size_t row = tile.row + static_cast<std::size_t>(first),  // -1 wraps far above
      column = tile.column + static_cast<std::size_t>(first);
  const auto emit = [&](std::size_t c) {
    return [square = points.square(to, c)](std::size_t i, std::size_t j, const Vector16& v) {
      store16(square.at(i, j), v);
    };
  };
  const auto pixel = [&](std::size_t i, std::size_t j) { return images.at(tile.top + row + i, column + j); };
  const bool inside =
      row < tiling.height && column < tiling.width && row + In <= tiling.height && column + In <= tiling.width;
  if (std::is_same_v<Images, PlainImages> && inside) {  // where a pixel is found so easily that nothing need be kept
    for (std::size_t c = 0; c < tiling.channels; c += 16)
      in_two_dimensions<In, 6, Vector16>(
          transform, [&](std::size_t i, std::size_t j) { return pixel(i, j).load(c); }, emit(c));
    return;
  }
  std::array<std::array<typename Images::Pixel, In>, In> pixels{};
  for (std::size_t i = 0; i < In; ++i)
    for (std::size_t j = 0; j < In; ++j)
      if (row + i < tiling.height && column + j < tiling.width) pixels[i][j] = pixel(i, j);
  for (std::size_t c = 0; c < tiling.channels; c += 16)
    in_two_dimensions<In, 6, Vector16>(
        transform, [&](std::size_t i, std::size_t j) { return pixels[i][j] ? pixels[i][j].load(c) : Vector16{}; },
        emit(c));
}

/// Receives outputs as they are.
struct PlainOutput {
  float* images;

  void write(const Tiling& tiling, const TilePlace& tile, std::size_t channel,
             const std::array<std::array<Vector16, 4>, 4>& values) const {
    for (std::size_t i = 0; i < 4 && tile.row + i < tiling.height; ++i)
      for (std::size_t j = 0; j < 4 && tile.column + j < tiling.width; ++j)
        store16(images + tiling.grid().at(tile.top + tile.row + i, tile.column + j) + channel, values[i][j]);
  }
};

/// Outputs of even height and width, rectified and pooled.
struct PooledTiles {
  PooledOutput output;

  void write(const Tiling& tiling, const TilePlace& tile, std::size_t channel,
             const std::array<std::array<Vector16, 4>, 4>& values) const {
    for (std::size_t i = 0; i < 4 && tile.row + i < tiling.height; i += 2)
      for (std::size_t j = 0; j < 4 && tile.column + j < tiling.width; j += 2)
        output.write(tile.top + tile.row + i, tile.column + j, channel,
                     {{{values[i][j], values[i][j + 1]}, {values[i + 1][j], values[i + 1][j + 1]}}});
  }
};

/// The points of a tile become its 4 x 4 outputs.
template <class Output>
void to_outputs(const Tiling& tiling, const Points& points, std::size_t from, const float* bias, const Output& output,
                const TilePlace& tile) {
  for (std::size_t c = 0; c < tiling.channels; c += 16) {
    const Vector16 start = bias ? load16(bias + c) : Vector16{};
    std::array<std::array<Vector16, 4>, 4> values;
    in_two_dimensions<6, 4, Vector16>(
        outputs, [square = points.square(from, c)](std::size_t i, std::size_t j) { return load16(square.at(i, j)); },
        [&](std::size_t i, std::size_t j, const Vector16& v) { values[i][j] = v + start; });
    output.write(tiling, tile, c, values);
  }
}

}  // namespace steq::winograd

#endif
