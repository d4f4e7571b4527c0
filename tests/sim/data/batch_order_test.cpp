// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "sim/data/dataset.hpp"

using namespace steq;
using Order = std::vector<std::uint32_t>;

TEST_CASE("without shuffling the order is that of the file") {
  CHECK(epoch_order(4, 1, 9, false) == Order{0, 1, 2, 3});
  CHECK(epoch_order(0, 1, 0, true).empty());
  CHECK(epoch_order(1, 1, 0, true) == Order{0});
}

TEST_CASE("every sample is visited once an epoch, in an order of its own") {
  Order sorted(60000);
  std::iota(sorted.begin(), sorted.end(), 0u);
  const Order first = epoch_order(60000, 1, 0, true);
  CHECK(first == epoch_order(60000, 1, 0, true));
  for (const Order& other : {epoch_order(60000, 1, 1, true), epoch_order(60000, 2, 0, true), sorted}) {
    CHECK(first != other);
    Order visited = other;
    std::sort(visited.begin(), visited.end());
    CHECK(visited == sorted);
  }
}

TEST_CASE("the order is the one that another implementation of Philox and of the shuffle gives") {
  CHECK(epoch_order(12, 7, 3, true) == Order{3, 0, 7, 8, 1, 4, 6, 9, 5, 10, 2, 11});
  CHECK(epoch_order(12, (std::uint64_t{5} << 32) + 7, 0, true) == Order{7, 10, 9, 2, 3, 6, 11, 8, 1, 5, 4, 0});
}

TEST_CASE("all orders are equally likely") {
  std::map<Order, int> counts;
  for (std::uint32_t epoch = 0; epoch < 24000; ++epoch) ++counts[epoch_order(4, 3, epoch, true)];
  REQUIRE(counts.size() == 24);
  double chi_square = 0;
  for (const auto& [order, count] : counts) chi_square += (count - 1000.0) * (count - 1000.0) / 1000.0;
  CHECK(chi_square < 49.7);  // 23 degrees of freedom: exceeded once in a thousand seeds
}
