// SPDX-License-Identifier: MIT
#include <boost/random/uniform_int_distribution.hpp>
#include <limits>
#include <numeric>
#include <utility>

#include "sim/core/random.hpp"
#include "sim/data/dataset.hpp"

namespace steq {

std::vector<std::uint32_t> epoch_order(std::size_t size, std::uint64_t seed, std::uint32_t epoch, bool shuffle) {
  if (size > std::numeric_limits<std::uint32_t>::max()) throw DomainError("epoch_order: more than 2^32 - 1 samples");
  std::vector<std::uint32_t> order(size);
  std::iota(order.begin(), order.end(), 0u);
  if (!shuffle) return order;
  // Fisher and Yates. std::shuffle would do, but each standard library draws in its own way.
  RandomStream stream(seed, Purpose::batch_order, epoch, 0);
  for (std::size_t left = size; left > 1; --left) {
    const boost::random::uniform_int_distribution<std::uint32_t> among(0, static_cast<std::uint32_t>(left - 1));
    std::swap(order[among(stream)], order[left - 1]);
  }
  return order;
}

}  // namespace steq
