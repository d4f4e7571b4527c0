// SPDX-License-Identifier: MIT
#include "plots/report/explorer_data.hpp"

#include <catch2/catch.hpp>

#include "small_run.hpp"

using namespace steq;
using testing::SmallRun;
using testing::unpacked;

TEST_CASE("the explorer holds every change point of the weights that changed in either learner") {
  const SmallRun small;
  const Json data = explorer_data(ReportedRun(small.path()));
  CHECK(data["learners"] == Json{"a", SmallRun::kOther});
  CHECK(data["steps"] == 6);
  CHECK(data["first"]["weight"] == 1);
  REQUIRE(data["tensors"].size() == 1);
  const Json& tensor = data["tensors"][0];
  CHECK(tensor["count"] == 4);
  CHECK(tensor["thresholds"] == Json{-0.5, 0.5});
  CHECK(unpacked<std::uint32_t>(tensor["weights"]) == std::vector<std::uint32_t>{0, 1});
  const Json &a = tensor["learners"][0], &b = tensor["learners"][1];
  CHECK(unpacked<std::int16_t>(a["initial"]) == std::vector<std::int16_t>{1, 1});
  CHECK(unpacked<std::uint32_t>(a["offsets"]) == std::vector<std::uint32_t>{0, 1, 4});
  CHECK(unpacked<std::uint32_t>(a["steps"]) == std::vector<std::uint32_t>{2, 1, 4, 5});
  CHECK(unpacked<std::int16_t>(a["levels"]) == std::vector<std::int16_t>{2, 2, 1, 2});
  CHECK(unpacked<std::uint32_t>(b["offsets"]) == std::vector<std::uint32_t>{0, 1, 1});
  CHECK(unpacked<std::uint32_t>(b["steps"]) == std::vector<std::uint32_t>{3});
}

TEST_CASE("of too many change points a part is kept, with the weights that matter, and that is said") {
  const SmallRun small;
  const Json data = explorer_data(ReportedRun(small.path()), 2);  // of 5: every third weight, so that 0 stays
  CHECK(data["sampled"] == "One in 3 of the weights that changed is here.");
  CHECK(unpacked<std::uint32_t>(data["tensors"][0]["weights"]) == std::vector<std::uint32_t>{0, 1});
  CHECK(explorer_data(ReportedRun(small.path()))["sampled"] == "");
}
