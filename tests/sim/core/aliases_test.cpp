// SPDX-License-Identifier: MIT
#include "sim/core/aliases.hpp"

#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("an alias is answered by what to write in its place, whatever its spelling", "[aliases]") {
  const std::vector<KnownName> known{{"steps", {{"multistep-lr"}, {"exponential", "\"steps\" with many `at`"}}},
                                     {"warmup-cosine", {{"cosine"}}}};
  CHECK(suggestion("MultiStepLR", known) == "; did you mean \"steps\"?");
  CHECK(suggestion("exponential", known) == "; did you mean \"steps\" with many `at`?");
  CHECK(suggestion("cosine", known) == "; did you mean \"warmup-cosine\"?");
  CHECK(suggestion("Warmup_Cosine", known) == "; did you mean \"warmup-cosine\"?");
}

TEST_CASE("without an alias the spelling decides", "[aliases]") {
  const std::vector<KnownName> known{{"steps"}, {"linear", {{"poly"}}}};
  CHECK(suggestion("stesp", known) == "; did you mean \"steps\"?");
  CHECK(suggestion("polynomials", known).empty());
  CHECK(suggestion("", known).empty());
  CHECK(suggestion("---", known).empty());
}
