// SPDX-License-Identifier: MIT
// Pieces of a flat tensor, each with a scale of its own.
#pragma once

#include <algorithm>
#include <span>

#include "sim/core/parameter_info.hpp"

namespace steq {

inline ParameterInfo bucket_parameter() {
  return {.name = "bucket",
          .kind = Kind::integer,
          .fallback = Value(std::int64_t{256}),
          .meaning = "so many weights that follow each other share a scale; 0: all of the tensor",
          .min = 0};
}

/// w = width h + low with h in [0, 1].
struct BucketScale {
  double low, width;
};

/// Of a bucket whose weights are all alike the width is 1.
template <class T>
BucketScale bucket_scale(std::span<const T> w) {
  constexpr double kLeastWidth = 1e-10;
  const auto [low, high] = std::ranges::minmax_element(w);
  const double width = static_cast<double>(*high) - static_cast<double>(*low);
  return {static_cast<double>(*low), width < kLeastWidth ? 1 : width};
}

}  // namespace steq
