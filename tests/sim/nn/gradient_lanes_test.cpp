// SPDX-License-Identifier: MIT
#include "sim/nn/gradient_lanes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/core/random.hpp"

using namespace steq;

namespace {

/// Values so different in size that the order of their sum shows.
std::vector<float> lane_values(std::size_t lane, std::size_t weights) {
  RandomStream random(1, Purpose::synthetic_data, 0, static_cast<std::uint32_t>(lane));
  std::vector<float> values(weights);
  for (float& value : values) value = static_cast<float>((random.uniform() - 0.5) * std::pow(8, double(lane)));
  return values;
}

using Lanes = std::vector<std::vector<float>>;

Lanes some_lanes(std::size_t count, std::size_t weights) {
  Lanes lanes;
  for (std::size_t l = 0; l < count; ++l) lanes.push_back(lane_values(l, weights));
  return lanes;
}

float chain(const Lanes& lanes, std::size_t i) {
  float sum = lanes[0][i];
  for (std::size_t l = 1; l < lanes.size(); ++l) sum += lanes[l][i];
  return sum;
}

float expected(const Lanes& lanes, std::size_t i) {
  if (lanes.size() < 4) return chain(lanes, i);
  return (lanes[0][i] + lanes[1][i]) + (lanes[2][i] + lanes[3][i]);
}

}  // namespace

TEST_CASE("four lanes are added in pairs, others one after the other", "[nn]") {
  constexpr std::size_t weights = 1000;
  std::size_t order_shows = 0;
  for (const std::size_t count : {1, 2, 3, 4}) {
    const Lanes lanes = some_lanes(count, weights);
    Lanes copies = lanes;
    std::vector<float*> begins;
    for (auto& lane : copies) begins.push_back(lane.data());
    add_lanes<float>(begins, weights);
    for (std::size_t i = 0; i < weights; ++i) {
      CHECK(copies[0][i] == expected(lanes, i));
      order_shows += expected(lanes, i) != chain(lanes, i);
    }
  }
  CHECK(order_shows > 10);
}

TEST_CASE("groups of tensors share the memory of their lanes, tensors of a group do not", "[nn]") {
  const std::vector<std::size_t> sizes{70000, 3, 50, 70001, 8};  // some larger than a piece of the sum
  const std::vector<std::vector<std::size_t>> groups{{3, 1}, {}, {0, 2}};
  const std::size_t count = GENERATE(1, 2, 4), threads = GENERATE(1, 3);
  GradientLanes<float> lanes(count, sizes, groups);
  std::vector<Buffer<float>> gradients;
  for (const std::size_t size : sizes) gradients.emplace_back(size);
  lanes.set_first(pointers(gradients));
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t l = 0; l < count; ++l)
      for (const std::size_t t : groups[g]) {
        const auto values = lane_values(l + 4 * t, sizes[t]);
        std::copy(values.begin(), values.end(), lanes.lane(l)[t]);
      }
    lanes.add(g, static_cast<int>(threads));
  }
  for (const std::size_t t : {0, 1, 2, 3}) {
    Lanes values;
    for (std::size_t l = 0; l < count; ++l) values.push_back(lane_values(l + 4 * t, sizes[t]));
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < sizes[t]; ++i) wrong += gradients[t][i] != expected(values, i);
    CHECK(wrong == 0);
  }
  if (count > 1) CHECK(lanes.lane(1)[3] == lanes.lane(1)[0]);
  if (count > 1) CHECK(lanes.lane(1)[4] == nullptr);
}
