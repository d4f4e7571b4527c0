// SPDX-License-Identifier: MIT
#include "sim/nn/gradient_lanes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/core/random.hpp"

using namespace steq;

namespace {

/// Lanes of values so different in size that the order of their sum shows.
std::vector<std::vector<float>> lanes(std::size_t count, std::size_t weights) {
  std::vector<std::vector<float>> values(count, std::vector<float>(weights));
  for (std::size_t l = 0; l < count; ++l) {
    RandomStream random(1, Purpose::synthetic_data, 0, static_cast<std::uint32_t>(l));
    for (float& value : values[l]) value = static_cast<float>((random.uniform() - 0.5) * std::pow(8, double(l)));
  }
  return values;
}

std::vector<float> sum(std::vector<std::vector<float>> values, std::size_t first) {
  std::vector<std::vector<float*>> pointers;
  for (auto& lane : values) pointers.push_back({nullptr, lane.data()});  // of tensor 1
  std::vector<float> total(values[0].size() - first);
  add_lanes<float>(pointers, 1, first, total);
  return total;
}

}  // namespace

TEST_CASE("four lanes are added in pairs, others one after the other", "[nn]") {
  constexpr std::size_t weights = 1000, first = 7;
  std::size_t order_shows = 0;
  for (const std::size_t count : {1, 2, 3, 4}) {
    const auto l = lanes(count, weights);
    const std::vector<float> total = sum(l, first);
    for (std::size_t i = 0; i < total.size(); ++i) {
      const auto at = [&](std::size_t lane) { return l[lane][first + i]; };
      float chain = at(0);
      for (std::size_t k = 1; k < count; ++k) chain += at(k);
      const float expected = count == 4 ? (at(0) + at(1)) + (at(2) + at(3)) : chain;
      CHECK(total[i] == expected);
      order_shows += count == 4 && expected != chain;
    }
  }
  CHECK(order_shows > 10);
}

TEST_CASE("a tensor that only the first lane has is taken from there", "[nn]") {
  auto l = lanes(1, 100);
  const std::vector<std::vector<float*>> pointers{
      {nullptr, l[0].data()}, {nullptr, nullptr}, {nullptr, nullptr}, {nullptr, nullptr}};
  std::vector<float> total(90);
  add_lanes<float>(pointers, 1, 10, total);
  CHECK(std::equal(total.begin(), total.end(), l[0].begin() + 10));
}
