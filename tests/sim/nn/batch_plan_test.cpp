// SPDX-License-Identifier: MIT
#include "sim/nn/batch_plan.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("a plan covers every sample once, in order", "[nn]") {
  for (std::size_t samples = 1; samples <= 700; ++samples) {
    const BatchPlan plan = plan_batch(samples);
    std::size_t next = 0;
    bool ordered = true, small = true;
    for (const SampleRange& part : plan.micro_batches) {
      ordered = ordered && part.first == next;
      small = small && part.n >= 1 && part.n <= kMicroBatch;
      next += part.n;
    }
    CHECK((ordered && small && next == samples));
    CHECK(plan.lanes() == std::min(kLanes, samples));
  }
}

TEST_CASE("lanes share the micro-batches without gap and are nearly equal", "[nn]") {
  for (const std::size_t samples : {1, 3, 4, 5, 40, 127, 128, 150, 600}) {
    const BatchPlan plan = plan_batch(samples);
    CHECK(plan.lane_begin.front() == 0);
    CHECK(plan.lane_begin.back() == plan.micro_batches.size());
    std::vector<std::size_t> sizes;
    for (std::size_t lane = 0; lane < plan.lanes(); ++lane) {
      std::size_t& size = sizes.emplace_back(0);
      for (std::size_t m = plan.lane_begin[lane]; m < plan.lane_begin[lane + 1]; ++m) size += plan.micro_batches[m].n;
    }
    const auto [least, most] = std::minmax_element(sizes.begin(), sizes.end());
    CHECK(*most - *least <= 1);
  }
}

TEST_CASE("sizes are the distinct sizes of micro-batches", "[nn]") {
  const BatchPlan plan = plan_batch(150);
  const std::vector<std::size_t> sizes = plan.sizes();
  CHECK(std::is_sorted(sizes.begin(), sizes.end()));
  for (const SampleRange& part : plan.micro_batches) CHECK(std::count(sizes.begin(), sizes.end(), part.n) == 1);
  for (const std::size_t size : sizes)
    CHECK(std::any_of(plan.micro_batches.begin(), plan.micro_batches.end(),
                      [&](const SampleRange& part) { return part.n == size; }));
}

TEST_CASE("parts are as few and as equal as their limit allows", "[nn]") {
  for (const std::size_t samples : {1, 7, 8, 9, 30, 32, 33})
    for (const std::size_t limit : {1, 3, 8, 64}) {
      const std::vector<SampleRange> parts = cut_evenly(samples, limit);
      CHECK(parts.size() == (samples + limit - 1) / limit);
      std::size_t next = 0;
      for (const SampleRange& part : parts) {
        CHECK(part.first == next);
        CHECK((part.n >= samples / parts.size() && part.n <= limit));
        next += part.n;
      }
      CHECK(next == samples);
    }
}
