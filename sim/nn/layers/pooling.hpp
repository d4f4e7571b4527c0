// SPDX-License-Identifier: MIT
// What average and maximum pooling share: windows, cut off where they do not fit.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/core/parameters.hpp"
#include "sim/core/sample_shape.hpp"

namespace steq::layers {

struct Windows {
  SampleShape in, out;
  std::size_t kernel = 1, stride = 1;
  std::size_t padding = 0;  ///< pixels on each side that windows may reach and that hold nothing

  /// Every input pixel lies in exactly one window.
  bool partition() const {
    return padding == 0 && stride == kernel && in.height % kernel == 0 && in.width % kernel == 0;
  }

  /// visit(output pixel, input pixel, first of its window) for every pair of one sample, windows in order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t oy = 0; oy < out.height; ++oy)
      for (std::size_t ox = 0; ox < out.width; ++ox) {
        const Span rows = inside(oy, in.height), columns = inside(ox, in.width);
        for (std::size_t y = rows.first; y < rows.end; ++y)
          for (std::size_t x = columns.first; x < columns.end; ++x)
            visit(oy * out.width + ox, y * in.width + x, y == rows.first && x == columns.first);
      }
  }

 private:
  struct Span {
    std::size_t first, end;
  };

  /// The rows (or columns) of the input in the window's row (column); never none, as padding is at most half a kernel.
  Span inside(std::size_t window, std::size_t size) const {
    const std::size_t start = window * stride;
    return {start > padding ? start - padding : 0, std::min(start + kernel - padding, size)};
  }
};

/// InputError where the window is larger than the padded input, or the padding than half the window.
Windows windows_of(const Parameters& p, const SampleShape& in, const std::string& place, std::size_t padding = 0);

std::vector<ParameterInfo> pooling_parameters();

}  // namespace steq::layers
