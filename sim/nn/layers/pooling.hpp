// SPDX-License-Identifier: MIT
// What average and maximum pooling share: windows without padding, cut off where they do not fit.
#pragma once

#include "sim/nn/graph_builder.hpp"

namespace steq::layers {

struct Windows {
  Shape in, out;
  std::size_t kernel = 1, stride = 1;

  /// Every input pixel lies in exactly one window.
  bool partition() const { return stride == kernel && in.height % kernel == 0 && in.width % kernel == 0; }

  /// visit(output pixel, input pixel, first of its window) for every pair of one sample, windows in order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t oy = 0; oy < out.height; ++oy)
      for (std::size_t ox = 0; ox < out.width; ++ox)
        for (std::size_t ky = 0; ky < kernel; ++ky)
          for (std::size_t kx = 0; kx < kernel; ++kx)
            visit(oy * out.width + ox, (oy * stride + ky) * in.width + ox * stride + kx, ky + kx == 0);
  }
};

/// InputError where the window is larger than the input.
Windows windows_of(const Parameters& p, const Shape& in, const std::string& place);

std::vector<ParameterInfo> pooling_parameters();

}  // namespace steq::layers
