// SPDX-License-Identifier: MIT
#include "sim/processes/process_pairs.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"

using namespace steq;

namespace {

constexpr WeightIndex kPairWeights = 50;

/// Weight w changes at every multiple of w + `period`.
ChangePointLog periodic_log(Step period) {
  std::vector<Level> level(kPairWeights, 0);
  ChangePointLog log(level);
  for (Step step = 1; step <= 200; ++step)
    for (WeightIndex weight = 0; weight < kPairWeights; ++weight)
      if (step % (weight + period) == 0)
        log.append({weight, step, level[weight] = static_cast<Level>(1 - level[weight])});
  return log;
}

bool same(const LearningProcess& x, const LearningProcess& y) {
  return std::ranges::equal(x.levels, y.levels) && std::ranges::equal(x.steps, y.steps);
}

}  // namespace

TEST_CASE("every weight is visited once, in order, however few are gathered at a time", "[processes]") {
  const ChangePointLog a = periodic_log(1), b = periodic_log(3);
  const LearningProcesses all_a(a), all_b(b);
  const std::size_t most = GENERATE(std::size_t{1}, std::size_t{300}, kGatheredEntries);
  std::size_t weight = 0;
  for_each_process_pair(
      a, b,
      [&](const LearningProcess& in_a, const LearningProcess& in_b) {
        CHECK(same(in_a, all_a[weight]));
        CHECK(same(in_b, all_b[weight]));
        ++weight;
      },
      most);
  CHECK(weight == kPairWeights);
}

TEST_CASE("logs of different tensors make no pairs", "[processes]") {
  const auto nothing = [](const LearningProcess&, const LearningProcess&) {};
  CHECK_THROWS_AS(for_each_process_pair(ChangePointLog({0}), ChangePointLog({0, 1}), nothing), DomainError);
}
