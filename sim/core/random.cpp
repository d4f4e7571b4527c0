// SPDX-License-Identifier: MIT
#include "sim/core/random.hpp"

#include <Random123/philox.h>

namespace steq {
namespace {

/// Gives every tensor a key of its own.
constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, Purpose purpose, std::uint32_t step, std::uint32_t index)
    : counter_{0, static_cast<std::uint32_t>(purpose), step, index},
      key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)} {}

RandomStream::RandomStream(const BlockPlace& place, Purpose purpose, std::size_t i)
    : RandomStream(place.seed + kGolden * place.tensor, purpose, place.step,
                   static_cast<std::uint32_t>(place.first + i)) {}

RandomStream::result_type RandomStream::operator()() {
  if (used_ == 4) {
    const auto block =
        r123::Philox4x32()(r123::Philox4x32::ctr_type{{counter_[0], counter_[1], counter_[2], counter_[3]}},
                           r123::Philox4x32::key_type{{key_[0], key_[1]}});
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

}  // namespace steq
