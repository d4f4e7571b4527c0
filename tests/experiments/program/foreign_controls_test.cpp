// SPDX-License-Identifier: MIT
// Controls of logs that other programs have recorded.
#include <catch2/catch.hpp>

#include "foreign_diff.hpp"

using namespace steq;
using Catch::Contains;
using testing::diffed;
using testing::ForeignLog;
using testing::moving;
using testing::pair_of;
using testing::Playground;

namespace {

/// Learners dsq, close to dsq-jitter, and ste, farther off: 2 of 8 weights, which are not told apart from 1.
void write_controlled(const Playground& playground, const std::string& name) {
  ForeignLog(playground.path() / name)
      .tensor("/dsq/w", moving({3, 5, 8}))
      .tensor("/dsq-jitter/w", moving({3, 5}))
      .tensor("/ste/w", moving({3}))
      .tensor("/copy/w", moving({3, 5, 8}))
      .put("/dsq/steps", {10})
      .put("/dsq-jitter/steps", {10})
      .put("/ste/steps", {10})
      .put("/copy/steps", {10});
}

}  // namespace

TEST_CASE("diff weighs learners of other programs against the controls that the user names", "[program]") {
  const Playground playground;
  write_controlled(playground, "run");
  const testing::Words call{"run", "run", "--learners", "dsq,ste"};
  const auto with = [&](testing::Words more) {
    more.insert(more.begin(), call.begin(), call.end());
    return more;
  };
  CHECK(pair_of(playground, call)["controls"].empty());
  const Json pair = pair_of(playground, with({"--jitter", "dsq,dsq-jitter", "--identical", "dsq,copy"}));
  CHECK(pair["controls"] ==
        Json::parse(R"([{"run": "A", "a": "dsq", "b": "copy", "kind": "identical", "diverged": false},
    {"run": "A", "a": "dsq", "b": "dsq-jitter", "kind": "jitter", "diverged": true}])"));
  const Json& agreement = pair["metrics"]["quantized_weight_agreement"];
  CHECK((agreement["value"] == 0.75 && agreement["jitter"] == 0.875 && agreement["verdict"] == "above jitter"));
  const Json rounding = pair_of(playground, with({"--rounding", "dsq,ste"}));
  CHECK(rounding["metrics"]["quantized_weight_agreement"]["verdict"] == "below the rounding floor");
  CHECK(rounding["metrics"]["quantized_weight_agreement"]["rounding"] == 0.75);
  CHECK_THAT(diffed(playground, with({"--rounding", "dsq,ste"})).out, Contains("A against B  rounding"));
  CHECK_THAT(diffed(playground, with({"--identical", "dsq,ste"})).out, Contains("identical copies dsq"));
}

TEST_CASE("kinds in summary.json are enough: the program computes the numbers", "[program]") {
  const Playground playground;
  write_controlled(playground, "run");
  playground.write("run/summary.json",
                   R"({"comparisons": [{"a": "dsq", "b": "ste", "kind": "equivalent"},
                                       {"a": "dsq", "b": "dsq-jitter", "kind": "jitter"}]})");
  const Json pair = pair_of(playground, {"run", "run", "--learners", "dsq,ste"});
  CHECK(pair["metrics"]["quantized_weight_agreement"]["jitter"] == 0.875);
  playground.good({"report", "run", "--latex", "tables"});
  CHECK_THAT(playground.read("tables/noise-floor.csv"), Contains("dsq / ste") && Contains("like jitter"));
}

TEST_CASE("report takes controls on the command line", "[program]") {
  const Playground playground;
  write_controlled(playground, "run");
  playground.good({"report", "run", "--latex", "tables", "--jitter", "dsq,dsq-jitter"});
  const std::string floor = playground.read("tables/noise-floor.csv");
  CHECK_THAT(floor, Contains("dsq / ste") && Contains("0.125") && Contains("like jitter"));
  CHECK_THAT(floor, !Contains("dsq / dsq-jitter"));
  playground.refused({"report", "run", "--jitter", "dsq,none"}, 2,
                     {"--jitter: \"dsq,none\" is not allowed; allowed: two"});
}

TEST_CASE("many weights tell a pair apart from its jitter control", "[program]") {
  const Playground playground;
  const auto moved = [](std::size_t weights) { return moving(std::vector<double>(weights, 3), 400); };
  ForeignLog(playground.path() / "run")
      .tensor("/dsq/w", moved(200))
      .tensor("/dsq-jitter/w", moved(180))
      .tensor("/ste/w", moved(100))
      .put("/dsq/steps", {10})
      .put("/dsq-jitter/steps", {10})
      .put("/ste/steps", {10});
  playground.good({"report", "run", "--latex", "tables", "--jitter", "dsq,dsq-jitter"});
  CHECK_THAT(playground.read("tables/noise-floor.csv"), Contains("0.25,0.05,5") && Contains("above jitter: 5 times"));
}

TEST_CASE("controls that there are not are refused", "[program]") {
  const Playground playground;
  write_controlled(playground, "run");
  playground.refused(
      {"diff", "run", "run", "--learners", "dsq,ste", "--jitter", "dsq,stee"}, 2,
      {"--jitter: \"dsq,stee\" is not allowed; allowed: two learners, the second a control of the first"});
  for (const char* text : {"dsq", "dsq,", ",dsq", "dsq,dsq"})
    playground.refused({"diff", "run", "run", "--rounding", text}, 2,
                       {fmt::format("--rounding: \"{}\" is not allowed; allowed: two learners as NAME,NAME", text)});
}

TEST_CASE("a control may stand in the two logs that are compared", "[program]") {
  const Playground playground;
  ForeignLog(playground.path() / "a").tensor("/ste/w", moving({3, 5})).tensor("/x/w", moving({3}));
  ForeignLog(playground.path() / "b").tensor("/tanh/w", moving({3, 7})).tensor("/y/w", moving({4}));
  const Json pair = pair_of(playground, {"a", "b", "--learners", "ste,tanh", "--jitter", "x,y"});
  REQUIRE(pair["controls"].size() == 1);
  CHECK(pair["controls"][0]["run"] == "A and B");
  CHECK(pair["metrics"]["average_change_point_error"]["jitter"] == 1.0);
}
