// SPDX-License-Identifier: MIT
// Channels that lie next to each other are worked on together, so that they stay in registers while pixels are walked.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>

namespace steq::layers {

template <std::size_t N>
using Chunk = std::integral_constant<std::size_t, N>;

/// visit(Chunk, first channel) for chunks of 16, the channels that are left one by one.
template <class Visit>
void for_each_chunk(std::size_t channels, const Visit& visit) {
  constexpr std::size_t wide = 16;
  std::size_t c = 0;
  for (; c + wide <= channels; c += wide) visit(Chunk<wide>(), c);
  for (; c < channels; ++c) visit(Chunk<1>(), c);
}

}  // namespace steq::layers
