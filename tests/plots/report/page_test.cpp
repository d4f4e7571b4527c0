// SPDX-License-Identifier: MIT
#include "plots/report/page.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>

#include "plots/figures/pairs.hpp"
#include "plots/report/sections.hpp"
#include "small_run.hpp"

using namespace steq;
using Catch::Contains;
using testing::SmallRun;

namespace {

Runs runs_of(const std::vector<std::filesystem::path>& directories) {
  Runs runs;
  for (const auto& directory : directories) runs.push_back(std::make_unique<ReportedRun>(directory));
  return runs;
}

const Section& section(const Report& report, const std::string& id) {
  const auto found = std::ranges::find(report.sections, id, &Section::id);
  INFO(id);
  REQUIRE(found != report.sections.end());
  return *found;
}

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
  return found;
}

Json config(int k) {
  return {{"name", "small"},
          {"precision", "float"},
          {"data", {{"dataset", "mnist"}, {"path", "/secret"}}},
          {"model", {{"type", "mlp"}}},
          {"init", {{"scheme", "he-uniform"}}},
          {"quantizer", {{"type", "uniform"}, {"bits", 2}}},
          {"optimizer", {{"type", "sgd"}, {"learning_rate", 0.1}, {"schedule", {{"type", "constant"}}}}},
          {"batch_size", 10},
          {"steps", 6},
          {"seed", 7},
          {"learners", {{{"name", "a"}, {"estimator", {{"type", "dsq"}, {"k", k}}}}}}};
}

}  // namespace

TEST_CASE("every comparison has a column among the metrics, and every metric its definition") {
  const SmallRun small;
  const Report report = make_report(runs_of({small.path()}));
  const Table& table = section(report, "metrics").tables.at(0).table;
  CHECK(table.header == Row{"metric", "a / b\"<script>&", "a / b\"<script>&"});
  CHECK(table.rows.at(2) == Row{"quantized_weight_agreement", "0.75", "0.5"});
  CHECK(table.rows.at(3) == Row{"weight_alignment_error", "undefined", "undefined"});
  CHECK_THAT(section(report, "metrics").html, Contains("<dt>weight_alignment_error</dt>"));
}

TEST_CASE("the page says first what the run says, and weighs it against the controls") {
  const SmallRun small;
  const Report report = make_report(runs_of({small.path()}));
  CHECK(report.sections[0].id == "verdict");
  CHECK_THAT(report.sections[0].html, Contains("25.0 % of the weights end on different levels"));
  CHECK_THAT(section(report, "noise-floor").html, Contains("below jitter"));
}

TEST_CASE("the page judges the pair that its figures draw", "[report]") {
  const SmallRun small;
  Json summary = SmallRun::summary();
  Json& comparisons = summary["comparisons"];
  comparisons[0]["kind"] = "jitter";
  comparisons[1]["kind"] = "other";
  comparisons[1]["metrics"]["quantized_weight_agreement"] = 0.25;
  for (const bool turned : {false, true}) {
    if (turned) std::swap(comparisons[0], comparisons[1]);
    testing::put(small.path() / "summary.json", summary.dump());
    const Runs runs = runs_of({small.path()});
    CHECK(runs[0]->main_pair().at("kind") == "other");
    CHECK(main_pair(runs[0]->stored())->kind == "other");
    const std::string verdict = make_report(runs).sections[0].html;
    CHECK_THAT(verdict, Contains("75.0 % of the weights end on different levels") &&
                            Contains("3.0 times the 25.0 % of the jitter control") &&
                            Contains("diverge first at step 1"));
  }
}

TEST_CASE("the page says first which assumptions fail and who is at chance level", "[report]") {
  const SmallRun small;
  Json summary = SmallRun::summary();
  summary["test_set"] = {{"samples", 1000}, {"largest_class_share", 0.3}};
  testing::put(small.path() / "summary.json", summary.dump());
  const auto assumption = [](const char* name, const Json& holds) {
    return Json{{"name", name}, {"holds", holds}, {"how", "measured"}, {"pair", {"a", "b"}}, {"learner", "a"}};
  };
  Runs runs;
  runs.push_back(std::make_unique<ReportedRun>(
      small.path(),
      ReportFacts{
          .check = {{"assumptions", {assumption("one", true), assumption("two", nullptr), assumption("three", false)}},
                    {"equivalent", false}},
          .citations = {}}));
  const Report report = make_report(runs);
  CHECK_THAT(report.sections[0].html,
             Contains("a and b: theory promises nothing about this pair, because its assumption three fails.") &&
                 Contains("b&quot;&lt;script&gt;&amp; is at chance level"));
  const Table& table = section(report, "assumptions").tables.at(0).table;
  for (const auto& [row, name] : {std::pair(0, "three"), std::pair(1, "two"), std::pair(2, "one")})
    CHECK(table.rows.at(static_cast<std::size_t>(row)).at(0) == name);
}

TEST_CASE("no name ends a script, and nothing is loaded from outside") {
  const SmallRun small;
  const std::string page = html_page(make_report(runs_of({small.path()})));
  CHECK(count(page, "<script") == count(page, "</script>"));
  CHECK(count(page, SmallRun::kOther) == 0);
  const std::regex load("(src|href|url)\\s*[=(]\\s*[\"']?(https?:)?//", std::regex::icase);
  CHECK_FALSE(std::regex_search(page, load));
  CHECK_THAT(page, Contains("default-src 'none'") && Contains("Dan Vanderkam"));
}

TEST_CASE("logs alone give a smaller report") {
  const SmallRun small(false);
  const Report report = make_report(runs_of({small.path()}));
  std::vector<std::string> ids;
  for (const Section& part : report.sections) ids.push_back(part.id);
  CHECK(std::ranges::find(ids, "methods") == ids.end());
  CHECK_THAT(section(report, "ending").html,
             Contains("Only the logs are there: ") && Contains("They are 6 steps long."));
  CHECK_FALSE(html_page(report).empty());
}

TEST_CASE("runs side by side are told apart by their directories, with the settings that differ") {
  const SmallRun one, two;
  testing::put(one.path() / "config.json", config(2).dump());
  testing::put(two.path() / "config.json", config(3).dump());
  const Report report = make_report(runs_of({one.path(), two.path()}));
  const Table& table = section(report, "runs").tables.at(0).table;
  CHECK(table.header.at(1) == "learners.a.estimator.k");
  CHECK(table.rows.at(0).at(0) == one.path().filename());
  CHECK(table.rows.at(0).at(1) == "2");
  CHECK(table.rows.at(1).at(1) == "3");
  CHECK(table.rows.at(1).at(3) == "0.5");
  CHECK(section(report, "pair").tables.at(0).table.rows.at(0).at(4) == "0");
  CHECK_THAT(section(report, "methods").html, Contains("batches of 10, seed 7") && Contains("dsq (k 2)"));
}

TEST_CASE("JSON that steq does not write is refused with the directory's name") {
  const SmallRun small;
  testing::put(small.path() / "summary.json", R"({"comparisons": [{"a": 1}], "learners": {}})");
  CHECK_THAT(testing::message<InputError>([&] { make_report(runs_of({small.path()})); }),
             Catch::StartsWith(small.path().string()));
}
