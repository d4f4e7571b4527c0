// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace steq {

/// The shape of one sample; a flat vector of n features is {n, 1, 1}.
struct SampleShape {
  std::size_t channels = 1;
  std::size_t height = 1;
  std::size_t width = 1;

  std::size_t size() const { return channels * height * width; }
  bool operator==(const SampleShape&) const = default;
};

}  // namespace steq
