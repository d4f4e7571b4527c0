// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace steq {

/// Which samples each step trains on: whole batches only, from the start again in every epoch.
class BatchSequence {
 public:
  /// batch_size is at most `samples`.
  BatchSequence(std::size_t samples, std::size_t batch_size, std::uint64_t seed, bool shuffle);

  std::size_t steps_per_epoch() const { return samples_ / batch_size_; }
  /// Samples of the batch of step 0, 1, ...; valid until the next call.
  std::span<const std::uint32_t> at(std::size_t step);

 private:
  std::size_t samples_, batch_size_;
  std::uint64_t seed_;
  bool shuffle_;
  std::size_t epoch_ = 0;  // whose order is held
  std::vector<std::uint32_t> order_;
};

}  // namespace steq
