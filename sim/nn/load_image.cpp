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

}  // namespace

template <class T>
void load_image(const Dataset& data, std::size_t sample, const View& view, T* to) {
  const auto channels = static_cast<std::ptrdiff_t>(data.image.channels);
  const auto height = static_cast<std::ptrdiff_t>(data.image.height);
  const auto width = static_cast<std::ptrdiff_t>(data.image.width);
  const std::uint8_t* from = data.pixels.data() + sample * data.image.size();
  if (view != View()) std::fill_n(to, data.image.size(), T(0));
  const Inside rows(height, view.down), columns(width, view.right);
  for (std::ptrdiff_t c = 0; c < channels; ++c)
    for (std::ptrdiff_t y = rows.begin; y < rows.end; ++y)
      for (std::ptrdiff_t x = columns.begin; x < columns.end; ++x) {
        const std::ptrdiff_t column = view.mirrored ? width - 1 - x : x;
        to[(y * width + column) * channels + c] =
            static_cast<T>(from[(c * height + y + view.down) * width + x + view.right]) / T(255);
      }
}

template void load_image<float>(const Dataset&, std::size_t, const View&, float*);
template void load_image<double>(const Dataset&, std::size_t, const View&, double*);

}  // namespace steq
