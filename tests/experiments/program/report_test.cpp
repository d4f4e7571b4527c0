// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
using testing::Playground;

namespace {

/// A playground in which the tiny run stands, as "run".
struct WithRun : Playground {
  WithRun() {
    write_json("c.json", testing::tiny());
    good({"run", "c.json", "--out", "run"});
  }
};

}  // namespace

TEST_CASE("report writes one page into the run directory, with the parts of the contract", "[program]") {
  const WithRun playground;
  CHECK(playground.good({"report", "run"}) == "Report: run/report.html\n");
  const std::string page = playground.read("run/report.html");
  for (const char* id : {"verdict", "settings", "ending", "noise-floor", "assumptions", "metrics", "curves", "explorer",
                         "methods", "reproduce", "manifest"})
    CHECK_THAT(page, Contains("<section id=\"" + std::string(id) + "\"") && Contains("href=\"#" + std::string(id)));
  CHECK_THAT(page, Contains("@article{schoenbauer2024custom") && Contains("Gong, Ruihao"));
  CHECK_THAT(page, Contains(playground.json("run/manifest.json")["results"][0]["sha256"].get<std::string>()));
}

TEST_CASE("report --latex writes the same rows as LaTeX, Markdown and CSV", "[program]") {
  const WithRun playground;
  playground.good({"report", "run", "--out", "page.html", "--latex", "tables"});
  const Json metrics = playground.json("run/summary.json")["comparisons"][0]["metrics"];
  const std::string agreement = fmt::format("{:.5g}", metrics["quantized_weight_agreement"].get<double>());
  CHECK_THAT(playground.read("tables/metrics.csv"), Contains("quantized_weight_agreement," + agreement + ","));
  CHECK_THAT(playground.read("tables/metrics.md"), Contains("| quantized_weight_agreement | " + agreement + " |"));
  CHECK_THAT(playground.read("tables/metrics.tex"),
             Contains("quantized weight agreement & " + agreement + " &") && Contains("\\toprule"));
  CHECK_FALSE(testing::fs::exists(playground.path() / "run/report.html"));
}

TEST_CASE("run and the page's headline say which assumptions fail, and who is at chance level", "[program]") {
  Playground playground;
  playground.write_json("c.json", testing::tiny());
  const std::string said = playground.good({"run", "c.json", "--quiet", "--out", "run", "--set", "steps=1", "--set",
                                            "optimizer.learning_rate=1e-9", "--set", "optimizer.weight_decay=0.1"});
  CHECK_THAT(said, Contains("Caution: q-hat and ste: theory promises nothing about this pair, because its") &&
                       Contains("weight-decay") && Contains("fails (steq check ") &&
                       Contains("Caution: q-hat, ste, copy are at chance level: "));
  playground.good({"report", "run"});
  const std::string page = playground.read("run/report.html");
  const std::string headline =
      page.substr(page.find("id=\"verdict\""), page.find("id=\"settings\"") - page.find("id=\"verdict\""));
  CHECK_THAT(headline, Contains("theory promises nothing about this pair") && Contains("are at chance level"));
  CHECK(page.find("<th scope=\"row\">weight-decay</th><td class=\"words\">fails (") < page.find("holds ("));
}

TEST_CASE("report compares runs, with the settings that differ", "[program]") {
  const WithRun playground;
  playground.good({"run", "c.json", "--out", "other", "--seed", "9"});
  CHECK(playground.good({"report", "run", "other", "--latex", "."}) == "Report: report.html\n");
  CHECK_THAT(playground.read("report.html"), Contains("Metric by metric") && Contains("<td>9</td>"));
  CHECK_THAT(playground.read("runs.csv"), Catch::StartsWith("run,seed,main pair,"));
}

TEST_CASE("a run that has only its logs gets a smaller report", "[program]") {
  const WithRun playground;
  for (const char* file : {"config.json", "summary.json", "manifest.json", "history.jsonl"})
    testing::fs::remove(playground.path() / "run" / file);
  playground.good({"report", "run"});
  CHECK_THAT(playground.read("run/report.html"), Contains("Only the logs are there") && Contains("id=\"explorer\""));
}

TEST_CASE("run --report writes the page after the run", "[program]") {
  const Playground playground;
  playground.write_json("c.json", testing::tiny());
  CHECK_THAT(playground.good({"run", "c.json", "--out", "run", "--report"}), Contains("/run/report.html\n"));
  CHECK(testing::fs::exists(playground.path() / "run/report.html"));
  playground.refused({"run", "orders", "--report"}, 2, {"--report: reports are of training runs"});
}

TEST_CASE("report refuses what is no training run, all at once", "[program]") {
  const WithRun playground;
  testing::fs::create_directory(playground.path() / "cases");
  playground.write("cases/config.json", R"({"kind": "orders"})");
  playground.write("empty/x", "");
  playground.refused({"report", "none", "run", "empty", "cases"}, 2,
                     {"none: is not a directory", "empty: has no logs.h5",
                      "cases: holds an experiment of kind \"orders\"; allowed: a training run"});
  playground.refused({"report"}, 2, {""});
  const testing::Outcome nowhere = playground.steq({"report", "run", "--out", "no/such/place.html"});
  CHECK(nowhere.code == 3);
  CHECK_THAT(nowhere.err, Contains("no/such/place.html"));
}
