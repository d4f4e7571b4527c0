// SPDX-License-Identifier: MIT
#include "sim/nn/load_image.hpp"

#include <algorithm>

namespace steq {
namespace {

/// The half-open range of a window's places, of `size`, that lie inside the image when it is moved by `offset`.
struct Inside {
  std::ptrdiff_t begin, end;
  Inside(std::ptrdiff_t size, std::ptrdiff_t offset)
      : begin(std::clamp<std::ptrdiff_t>(-offset, 0, size)), end(std::clamp<std::ptrdiff_t>(size - offset, 0, size)) {}
};

/// Calls put(place in H W C, pixel, channel) for every pixel of the view that lies inside the image.
template <class Put>
void for_each_pixel(const Dataset& data, std::size_t sample, const View& view, const Put& put) {
  const auto channels = static_cast<std::ptrdiff_t>(data.image.channels);
  const auto height = static_cast<std::ptrdiff_t>(data.image.height);
  const auto width = static_cast<std::ptrdiff_t>(data.image.width);
  const std::uint8_t* from = data.pixels.data() + sample * data.image.size();
  const Inside rows(height, view.down), columns(width, view.right);
  for (std::ptrdiff_t c = 0; c < channels; ++c)
    for (std::ptrdiff_t y = rows.begin; y < rows.end; ++y)
      for (std::ptrdiff_t x = columns.begin; x < columns.end; ++x) {
        const std::ptrdiff_t column = view.mirrored ? width - 1 - x : x;
        put((y * width + column) * channels + c, from[(c * height + y + view.down) * width + x + view.right], c);
      }
}

/// What a network sees of a pixel of channel c.
template <class T>
T normalized(const Normalization& normalization, std::uint8_t pixel, std::size_t c) {
  return static_cast<T>((pixel / 255.0 - normalization.mean[c]) / normalization.deviation[c]);
}

/// Black everywhere, as it is seen.
template <class T>
void blacken(const Dataset& data, T* to) {
  const Normalization& normalization = data.normalization;
  const std::size_t channels = data.image.channels;
  for (std::size_t i = 0; i < data.image.size(); ++i)
    to[i] = normalization.mean.empty() ? T(0) : normalized<T>(normalization, 0, i % channels);
}

}  // namespace

template <class T>
void load_image(const Dataset& data, std::size_t sample, const View& view, T* to) {
  if (view != View()) blacken(data, to);
  if (data.normalization.mean.empty())
    for_each_pixel(data, sample, view, [&](std::ptrdiff_t place, std::uint8_t pixel, std::ptrdiff_t) {
      to[place] = static_cast<T>(pixel) / T(255);
    });
  else
    for_each_pixel(data, sample, view, [&](std::ptrdiff_t place, std::uint8_t pixel, std::ptrdiff_t c) {
      to[place] = normalized<T>(data.normalization, pixel, static_cast<std::size_t>(c));
    });
}

template void load_image<float>(const Dataset&, std::size_t, const View&, float*);
template void load_image<double>(const Dataset&, std::size_t, const View&, double*);

}  // namespace steq
