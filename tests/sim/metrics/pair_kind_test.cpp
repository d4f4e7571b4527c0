// SPDX-License-Identifier: MIT
#include "sim/metrics/pair_kind.hpp"

#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("every kind of pair has a text of its own") {
  CHECK(pair_kind_names() ==
        std::vector<std::string>{"equivalent", "identical", "rounding", "one-ulp", "jitter", "other"});
  for (const PairKind kind : pair_kinds()) CHECK(pair_kind(to_text(kind)) == kind);
  CHECK_FALSE(pair_kind("Jitter"));
}

TEST_CASE("controls are the kinds that show how much means nothing") {
  for (const PairKind kind : pair_kinds())
    CHECK(is_control(kind) == (kind != PairKind::equivalent && kind != PairKind::other));
}
