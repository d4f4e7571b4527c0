// SPDX-License-Identifier: MIT
#include "plots/figures/pairs.hpp"

#include "tests/plots/figures/two_learners.hpp"

using namespace steq;

namespace {

std::string chosen(const std::vector<Pair>& pairs) {
  const auto pair = main_pair(pairs);
  return pair ? pair->name() : "none";
}

}  // namespace

TEST_CASE("the main pair is the equivalent one, else the first that is no control", "[records]") {
  const Pair jitter{"a", "j", "jitter"}, other{"a", "o"}, equivalent{"a", "e", "equivalent", true};
  CHECK(chosen({jitter, other, equivalent}) == "a / e");
  CHECK(chosen({jitter, other}) == "a / o");
  CHECK(chosen({jitter}) == "a / j");
  CHECK(chosen({}) == "none");
  CHECK((jitter.is_control() && !other.is_control() && !equivalent.is_control()));
  CHECK(chosen({{"a", "r", "rounding"}, {"a", "u", "one-ulp"}, {"a", "t", "identical"}, other}) == "a / o");
}

TEST_CASE("pairs are those of summary.json; without it the first learner with each other", "[records]") {
  const test::TwoLearners run;
  std::vector<Pair> all = pairs(run.stored());
  REQUIRE(all.size() == 1);
  CHECK((all[0].kind == "equivalent" && all[0].mapped));
  std::filesystem::remove(run.path() / "summary.json");
  all = pairs(run.stored());
  REQUIRE(all.size() == 1);
  CHECK((all[0].name() == "a / b" && all[0].kind == "other" && !all[0].mapped));
}
