// SPDX-License-Identifier: MIT
#include "sim/metrics/first_divergence.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/sim/metrics/random_pair.hpp"

using namespace steq;
using test::log_of;
using test::RandomPair;

namespace {

/// Looks at every step, tensor and weight in turn.
std::optional<FirstDivergence> by_looking(const RandomPair& pair) {
  for (std::size_t t = 0; t <= RandomPair::kSteps; ++t)
    for (std::size_t tensor = 0; tensor < pair.levels_a.size(); ++tensor)
      for (std::size_t i = 0; i < pair.levels_a[tensor][t].size(); ++i) {
        const Level a = pair.levels_a[tensor][t][i], b = pair.levels_b[tensor][t][i];
        if (a != b)
          return FirstDivergence{static_cast<Step>(t), pair.a.tensors[tensor].name, static_cast<WeightIndex>(i), a, b};
      }
  return std::nullopt;
}

}  // namespace

TEST_CASE("the first divergence is the one found by looking at every step", "[metrics]") {
  int at_start = 0, later = 0, never = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const RandomPair pair(seed, 1 << (2 + seed % 12));
    const auto expected = by_looking(pair);
    CAPTURE(seed);
    REQUIRE(first_divergence(pair.a, pair.b) == expected);
    ++(!expected ? never : expected->step == 0 ? at_start : later);
  }
  CHECK(at_start > 5);
  CHECK(later > 5);
  CHECK(never > 5);
}

TEST_CASE("an injected divergence is found where it was put", "[metrics]") {
  RandomPair pair(5, 1'000'000);
  pair.b.tensors = pair.a.tensors;
  REQUIRE(first_divergence(pair.a, pair.b) == std::nullopt);

  // The last tensor goes apart first; the middle one a step later, at a lower index.
  auto late = pair.levels_a[1], early = pair.levels_a[2];
  const Level before = early[20][11], other = static_cast<Level>(before == 0 ? 1 : before - 1);
  late[21][2] = static_cast<Level>(late[21][2] + 10);
  early[20][11] = other;
  early[20][16] = static_cast<Level>(early[20][16] + 10);
  const ChangePointLog late_log = log_of(late), early_log = log_of(early);
  pair.b.tensors[1].log = &late_log;
  pair.b.tensors[2].log = &early_log;
  CHECK(first_divergence(pair.a, pair.b) == FirstDivergence{20, "fc.weight", 11, before, other});
  CHECK(first_divergence(pair.b, pair.a) == FirstDivergence{20, "fc.weight", 11, other, before});
}

TEST_CASE("at the same step the earlier tensor comes first", "[metrics]") {
  RandomPair pair(5, 1'000'000);
  pair.b.tensors = pair.a.tensors;
  auto first = pair.levels_a[0], second = pair.levels_a[1];
  first[9][4] = 50;
  second[9][0] = 50;
  const ChangePointLog first_log = log_of(first), second_log = log_of(second);
  pair.b.tensors[0].log = &first_log;
  pair.b.tensors[1].log = &second_log;
  CHECK(first_divergence(pair.a, pair.b) == FirstDivergence{9, "conv1.weight", 4, pair.levels_a[0][9][4], 50});
}

TEST_CASE("learners without change points have no first divergence to ask for", "[metrics]") {
  RandomPair pair(5, 10);
  pair.b.tensors[2].log = nullptr;
  CHECK_THROWS_AS(first_divergence(pair.a, pair.b), DomainError);
}
