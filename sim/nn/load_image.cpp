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

/// Calls put(place in H W C, pixel, channel) for every pixel of the view that lies inside the image; `values` are the
/// data's pixels or reals.
template <class Value, class Put>
void for_each_pixel(const Dataset& data, const std::vector<Value>& values, std::size_t sample, const View& view,
                    const Put& put) {
  const auto channels = static_cast<std::ptrdiff_t>(data.image.channels);
  const auto height = static_cast<std::ptrdiff_t>(data.image.height);
  const auto width = static_cast<std::ptrdiff_t>(data.image.width);
  const Value* from = values.data() + sample * data.image.size();
  const Inside rows(height, view.down), columns(width, view.right);
  for (std::ptrdiff_t c = 0; c < channels; ++c)
    for (std::ptrdiff_t y = rows.begin; y < rows.end; ++y)
      for (std::ptrdiff_t x = columns.begin; x < columns.end; ++x) {
        const std::ptrdiff_t column = view.mirrored ? width - 1 - x : x;
        put((y * width + column) * channels + c, from[(c * height + y + view.down) * width + x + view.right], c);
      }
}

/// What a network sees of a value of channel c, where it is normalized.
template <class T>
T normalized(const Normalization& normalization, double value, std::size_t c) {
  return static_cast<T>((value - normalization.mean[c]) / normalization.deviation[c]);
}

double value_of(std::uint8_t pixel) { return pixel / 255.0; }
double value_of(double real) { return real; }

template <class T>
T unchanged(std::uint8_t pixel) {
  return static_cast<T>(pixel) / T(255);
}
template <class T>
T unchanged(double real) {
  return static_cast<T>(real);
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
  data.visit_values([&]<class Value>(const std::vector<Value>& values) {
    if (data.normalization.mean.empty())
      for_each_pixel(data, values, sample, view,
                     [&](std::ptrdiff_t place, Value value, std::ptrdiff_t) { to[place] = unchanged<T>(value); });
    else
      for_each_pixel(data, values, sample, view, [&](std::ptrdiff_t place, Value value, std::ptrdiff_t c) {
        to[place] = normalized<T>(data.normalization, value_of(value), static_cast<std::size_t>(c));
      });
  });
}

template void load_image<float>(const Dataset&, std::size_t, const View&, float*);
template void load_image<double>(const Dataset&, std::size_t, const View&, double*);

}  // namespace steq
