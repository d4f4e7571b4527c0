// SPDX-License-Identifier: MIT
#include "sim/core/random.hpp"

#include <Random123/philox.h>

#include <algorithm>

namespace steq {
namespace {

/// Gives every tensor a key of its own.
constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;

using Philox = r123::Philox4x32;

Philox::key_type key_of(std::uint64_t seed) {
  return {{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, Purpose purpose, std::uint32_t step, std::uint32_t index)
    : counter_{0, static_cast<std::uint32_t>(purpose), step, index},
      key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)} {}

RandomStream::RandomStream(const BlockPlace& place, Purpose purpose, std::size_t i)
    : RandomStream(place.seed + kGolden * place.tensor, purpose, place.step,
                   static_cast<std::uint32_t>(place.first + i)) {}

RandomStream::result_type RandomStream::operator()() {
  if (used_ == 4) {
    const auto block = Philox()(Philox::ctr_type{{counter_[0], counter_[1], counter_[2], counter_[3]}},
                                Philox::key_type{{key_[0], key_[1]}});
    for (unsigned i = 0; i < 4; ++i) words_[i] = block[i];
    ++counter_[0];
    used_ = 0;
  }
  return words_[used_++];
}

double RandomStream::uniform() {
  const std::uint64_t high = (*this)() >> 5, low = (*this)() >> 6;
  return static_cast<double>(high << 26 | low) * 0x1p-53;
}

/// Four neighbours share a block of words.
void draw_uniform(const BlockPlace& place, Purpose purpose, std::span<double> draws) {
  const Philox::key_type key = key_of(place.seed + kGolden * place.tensor);
  const std::size_t end = place.first + draws.size();
  for (std::size_t block = place.first / 4; 4 * block < end; ++block) {
    const auto words = Philox()(
        Philox::ctr_type{{0, static_cast<std::uint32_t>(purpose), place.step, static_cast<std::uint32_t>(block)}}, key);
    for (std::size_t i = std::max(4 * block, place.first); i < std::min(4 * block + 4, end); ++i)
      draws[i - place.first] = words[static_cast<unsigned>(i % 4)] * 0x1p-32;
  }
}

}  // namespace steq
