// SPDX-License-Identifier: MIT
#include "sim/training/batches.hpp"

#include "sim/data/dataset.hpp"

namespace steq {

BatchSequence::BatchSequence(std::size_t samples, std::size_t batch_size, std::uint64_t seed, bool shuffle)
    : samples_(samples),
      batch_size_(batch_size),
      seed_(seed),
      shuffle_(shuffle),
      order_(epoch_order(samples, seed, 0, shuffle)) {}

std::span<const std::uint32_t> BatchSequence::at(std::size_t step) {
  const std::size_t epoch = step / steps_per_epoch();
  if (epoch != epoch_) order_ = epoch_order(samples_, seed_, static_cast<std::uint32_t>(epoch), shuffle_);
  epoch_ = epoch;
  return std::span<const std::uint32_t>(order_).subspan(step % steps_per_epoch() * batch_size_, batch_size_);
}

}  // namespace steq
