// SPDX-License-Identifier: MIT
#include "sim/core/random.hpp"

#include <Random123/philox.h>

namespace steq {

RandomStream::RandomStream(std::uint64_t seed, Purpose purpose, std::uint32_t step, std::uint32_t index)
    : counter_{0, static_cast<std::uint32_t>(purpose), step, index},
      key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)} {}

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
