// SPDX-License-Identifier: MIT
// What a folder holds.
#include <catch2/catch.hpp>

#include "records/lock_file.hpp"
#include "tests/records/foreign_log.hpp"
#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
using testing::Playground;
using testing::tiny;

namespace {

Json listed(const Playground& playground, const std::string& folder) {
  return Json::parse(playground.good({"list", folder, "--json"}))["runs"];
}

}  // namespace

TEST_CASE("list shows runs, studies and logs with state, steps, verdict and size", "[program]") {
  const Playground playground;
  CHECK(playground.good({"list"}) == "There are no runs here.\n");
  playground.write_json("c.json", tiny());
  playground.good({"run", "c.json", "--out", "all/b/run"});
  std::filesystem::create_directories(playground.path() / "all/cut.partial");
  testing::ForeignLog(playground.path() / "all/logs")
      .tensor("/net/w", {.initial = {0, 1}, .weight = {0}, .step = {3}, .level = {1}})
      .put("/net/steps", {9}, H5T_STD_U32LE);
  playground.write("all/z/logs.h5", "nothing");
  const Json runs = listed(playground, "all");
  REQUIRE(runs.size() == 4);
  CHECK(runs[0]["directory"] == "all/b/run");
  CHECK(runs[0]["kind"] == "run");
  CHECK(runs[0]["state"] == "complete");
  CHECK(runs[0]["step"] == 10);
  CHECK(runs[0]["learners"] == Json{"q-hat", "ste", "copy"});
  CHECK_THAT(runs[0]["verdict"].get<std::string>(), Contains("q-hat and ste"));
  CHECK(runs[0]["bytes"].get<std::uintmax_t>() > 10000);
  CHECK(runs[1]["directory"] == "all/cut.partial");
  CHECK(runs[1]["state"] == "unfinished");
  CHECK(runs[2]["kind"] == "logs");
  CHECK(runs[2]["state"] == "recorded");
  CHECK(runs[2]["step"] == 9);
  CHECK(runs[2]["verdict"].is_null());
  CHECK(runs[3]["state"] == "damaged");
  CHECK(listed(playground, "all/b/run").size() == 1);
  const std::string text = playground.good({"list", "all"});
  CHECK_THAT(text, Contains("all/b/run") && Contains("complete") && Contains("kB") && Contains("\n    q-hat and ste:"));
}

TEST_CASE("list lives with what no program has written", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  for (const std::string summary :
       {R"({"learners": {}})", R"({"learners": [1, 2]})", R"({"comparisons": [{}]})", "{"}) {
    playground.good({"run", "c.json", "--out", "odd/na\nme", "--force"});
    playground.write("odd/na\nme/summary.json", summary);
    CAPTURE(summary);
    REQUIRE(listed(playground, "odd").size() == 1);
    CHECK(listed(playground, "odd")[0]["state"] ==
          (summary.starts_with(R"({"learners": {})") ? "complete" : "damaged"));
    CHECK_THAT(playground.good({"list", "odd/"}), Contains("odd/na?me"));
    std::filesystem::remove_all(playground.path() / "odd");
  }
}

TEST_CASE("list says which runs are at work", "[program]") {
  const Playground playground;
  std::filesystem::create_directories(playground.path() / "run.partial");
  LockFile lock(playground.file("run.partial.lock"));
  REQUIRE(lock.try_lock() == 0);
  CHECK(listed(playground, ".")[0]["state"] == "running");
}

TEST_CASE("list refuses what is no folder", "[program]") {
  const Playground playground;
  const testing::Outcome outcome = playground.steq({"list", "nowhere"});
  CHECK(outcome.code == 2);
  CHECK_THAT(outcome.err, Contains("nowhere: is no folder"));
}
