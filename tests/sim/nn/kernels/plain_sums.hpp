// SPDX-License-Identifier: MIT
// Convolutions of 3 x 3 pixels, stride 1 and one row of padding, term by term in double.
#pragma once

#include "sim/nn/kernels/kernels.hpp"
#include "tests/sim/nn/network_harness.hpp"

namespace steq::test {

inline ConvGeometry same_3x3(std::size_t in, std::size_t out, std::size_t height, std::size_t width) {
  return {.in = {in, height, width},
          .out = {out, height, width},
          .kernel = 3,
          .pad_top = 1,
          .pad_left = 1,
          .pad_bottom = 1,
          .pad_right = 1};
}

/// Output, input gradient and weight gradient, bias apart, by plain sums in double.
struct PlainSums {
  std::vector<double> y, dx, dw;

  PlainSums(const ConvGeometry& g, std::size_t n, const std::vector<float>& x, const std::vector<float>& w,
            const std::vector<float>& dy)
      : y(n * g.out.size()), dx(n * g.in.size()), dw(g.weights()) {
    const std::size_t height = g.in.height, width = g.in.width, in = g.in.channels, out = g.out.channels;
    for (std::size_t image = 0; image < n; ++image)
      for (std::size_t r = 0; r < height * width; ++r)
        for (std::size_t k = 0; k < 9; ++k) {
          const std::size_t row = r / width + k / 3 - 1, column = r % width + k % 3 - 1;
          if (row >= height || column >= width) continue;
          const std::size_t to = (image * height * width + r) * out,
                            from = ((image * height + row) * width + column) * in;
          for (std::size_t o = 0; o < out; ++o)
            for (std::size_t c = 0; c < in; ++c) {
              const double weight = w[(o * in + c) * 9 + k];
              y[to + o] += weight * double{x[from + c]};
              dx[from + c] += weight * double{dy[to + o]};
              dw[(o * in + c) * 9 + k] += double{x[from + c]} * double{dy[to + o]};
            }
        }
  }
};

inline std::vector<double> wide(const std::vector<float>& values) { return {values.begin(), values.end()}; }

}  // namespace steq::test
