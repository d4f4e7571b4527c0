// SPDX-License-Identifier: MIT
// `steq reproduce` as its users see it.
#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

#include "records/stored_learner.hpp"
#include "sim/metrics/registry.hpp"
#include "tests/experiments/studies/tiny_study.hpp"

using namespace steq;
namespace fs = std::filesystem;
using testing::Playground;
using testing::tiny_study;

namespace {

const testing::Words kCall{"reproduce", "s.json", "--quiet", "--threads", "1", "--out", "out"};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream text(line);
  for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
  return cells;
}

/// The comparison q-hat / ste of a run's summary.
Json metrics_of(const Playground& playground, const std::string& run) {
  return playground.json("out/small/" + run + "/summary.json")["comparisons"][0]["metrics"];
}

}  // namespace

TEST_CASE("a study leaves its runs, tables whose cells are the medians of the runs, and the way back", "[program]") {
  Playground playground;
  playground.write_json("s.json", tiny_study());
  testing::Words call = kCall;
  call.insert(call.end(), {"--seeds", "3"});
  CHECK_THAT(playground.good(call),
             Catch::Contains("rate-0.2: q-hat / ste") && Catch::Contains("Study directory: out/small"));

  std::vector<double> values;
  for (const char* seed : {"1", "2", "3"}) {
    const std::string run = std::string("runs/rate-0.1-seed-") + seed;
    values.push_back(metrics_of(playground, run)["weight_alignment_error"].get<double>());
    CHECK(playground.json("out/small/" + run + "/config.json")["seed"] == std::stoi(seed));
  }
  std::ranges::sort(values);
  const auto lines = testing::lines_of(playground.read("out/small/tables/low.csv"));
  CHECK(lines[0] == "metric,Default,Other seed");
  const auto row =
      std::ranges::find_if(lines, [](const auto& line) { return line.starts_with("weight_alignment_error,"); });
  REQUIRE(row != lines.end());
  CHECK_THAT(*row, Catch::StartsWith(fmt::format("weight_alignment_error,\"{:.3f} [{:.3f}, {:.3f}]\"", values[1],
                                                 values[0], values[2])));

  std::size_t checked = 0;
  for (const std::string& line : testing::lines_of(playground.read("out/small/tables/sources.csv"))) {
    const std::vector<std::string> cells = split(line);
    if (cells[2] != "Default" || !metrics_of(playground, cells[5]).contains(cells[1])) continue;
    CHECK(metrics_of(playground, cells[5])[cells[1]] == Json::parse(cells[4]));
    ++checked;
  }
  CHECK(checked == 3 * metric_registry().entries().size());
}

TEST_CASE("a study says whether one learner is better than another, seed by seed", "[program]") {
  Playground playground;
  playground.write_json("s.json", tiny_study());
  testing::Words call = kCall;
  call.insert(call.end(), {"--seeds", "3"});
  const std::string said = playground.good(call);
  CHECK_THAT(said, Catch::Contains("Is the first learner better than the second?") &&
                       Catch::Contains("rate-0.2: q-hat and ste are not told apart in test accuracy with 3 seeds") &&
                       Catch::Contains("There is no rounding control"));
  const Json study = playground.json("out/small/study.json");
  REQUIRE(study["comparisons"].size() == 4);
  for (const Json& comparison : study["comparisons"]) {
    std::vector<double> differences;
    for (const char* seed : {"1", "2", "3"}) {
      const std::string run = fmt::format("out/small/runs/{}-seed-{}", comparison["variant"].get<std::string>(), seed);
      const Json learners = playground.json(run + "/summary.json")["learners"];
      const auto accuracy = [&](const char* side) {
        return learners[comparison[side].get<std::string>()]["test_accuracy"].get<double>();
      };
      differences.push_back(accuracy("a") - accuracy("b"));
    }
    std::ranges::sort(differences);
    const Json& paired = comparison["paired"]["test_accuracy"];
    CHECK(paired["median"].get<double>() == Approx(differences[1]).margin(1e-12));
    CHECK(paired["seeds"] == 3);
    CHECK((paired["verdict"] == "better" || paired["verdict"] == "worse" || paired["verdict"] == "not told apart"));
    CHECK(comparison["paired"].contains("test_loss"));
    if (comparison["b"] == "copy") CHECK((paired["verdict"] == "not told apart" && paired["low"] == 0));
  }
  CHECK(testing::lines_of(playground.read("out/small/tables/paired.csv")).size() == 9);
}

TEST_CASE("a study keeps the data.path of its config; --data says another place", "[program]") {
  Playground playground;
  testing::write_digits(playground, "mine", 60, 20);
  Json study = tiny_study();
  study["base"]["data"] = {{"dataset", "idx"}, {"path", "mine"}};
  study["variants"] = {{{"name", "only"}}};
  study["seeds"] = {1};
  study.erase("tables");
  study.erase("quick");
  playground.write_json("s.json", study);
  playground.good(kCall);
  CHECK(playground.json("out/small/runs/only-seed-1/config.json")["data"]["path"] == "mine");
  testing::Words call = kCall;
  call.insert(call.end(), {"--data", "elsewhere"});
  playground.refused(call, 2, {"elsewhere"});
}

TEST_CASE("the control \"other seed\" is the same learner of two runs, pair by pair", "[program]") {
  Playground playground;
  playground.write_json("s.json", tiny_study());
  playground.good(kCall);
  const Json study = playground.json("out/small/study.json");
  std::size_t found = 0;
  for (const Json& measurement : study["measurements"]) {
    if (measurement["of"] != "rate-0.2: q-hat / other seed") continue;
    ++found;
    CHECK(measurement["seed"] == "1 / 2");
    const StoredRun a(playground.path() / "out/small/runs/rate-0.2-seed-1"),
        b(playground.path() / "out/small/runs/rate-0.2-seed-2");
    std::size_t same = 0, all = 0;
    double apart = 0;
    const StoredLearner first(a, "q-hat"), second(b, "q-hat");
    const TensorTrace &left = first.trace().tensors[0], &right = second.trace().tensors[0];
    for (std::size_t i = 0; i < left.final.size(); ++i, ++all) {
      const auto level = [&](double w) {
        return std::ranges::count_if(left.grid.thresholds, [&](double threshold) { return w > threshold; });
      };
      same += level(left.final[i]) == level(right.final[i]);
      apart += std::abs(left.final[i] - right.final[i]);
    }
    CHECK(measurement["values"]["quantized_weight_agreement"].get<double>() ==
          Approx(static_cast<double>(same) / static_cast<double>(all)));
    CHECK(measurement["values"]["weight_alignment_error"].get<double>() == Approx(apart / right.path_length));
    CHECK(measurement["values"]["first_divergence"] == 0);
    CHECK(measurement["values"]["inference_agreement"].is_null());  // drawn images are others with another seed
  }
  CHECK(found == 1);
}

TEST_CASE("finished runs are kept, the others made, and a run of other settings is not overwritten", "[program]") {
  Playground playground;
  playground.write_json("s.json", tiny_study());
  playground.good(kCall);
  const testing::Tree before = playground.tree();
  const std::string kept = "out/small/runs/rate-0.1-seed-1/manifest.json";
  fs::remove_all(playground.path() / "out/small/runs/rate-0.2-seed-2");
  playground.write(kept, playground.read(kept) + "\n");  // a mark that a new run would not have
  Json renamed = tiny_study();
  renamed["description"] = "Other words.";
  playground.write_json("s.json", renamed);
  playground.good(kCall);
  CHECK(playground.read(kept) == before.at(kept) + "\n");
  const std::string made = "out/small/runs/rate-0.2-seed-2/logs.h5", table = "out/small/tables/low.csv";
  CHECK(playground.read(made) == before.at(made));
  CHECK(playground.read(table) == before.at(table));

  Json other = tiny_study();
  other["set"]["optimizer.momentum"] = 0.5;
  playground.write_json("s.json", other);
  testing::Words call = kCall;
  playground.refused(
      call, 2,
      {"out/small/runs/rate-0.1-seed-1: holds another run (optimizer.momentum: 0.9, not 0.5)",
       "out/small/runs/rate-0.1-seed-2: holds another run", "out/small/runs/rate-0.2-seed-1: holds another run",
       "out/small/runs/rate-0.2-seed-2: holds another run"});
  call.push_back("--force");
  playground.good(call);
  CHECK(playground.json("out/small/runs/rate-0.1-seed-1/config.json")["optimizer"]["momentum"] == 0.5);
}

TEST_CASE("a run that diverges is a result of its study", "[program]") {
  Json study = tiny_study();
  study["variants"][0]["vary"]["optimizer.learning_rate"] = {0.1, 1e38};
  study["tables"].push_back({{"name", "all"}});
  Playground playground;
  playground.write_json("s.json", study);
  playground.good(kCall);
  CHECK_THAT(playground.read("out/small/tables/all.csv"), Catch::Contains("diverged at step"));
  CHECK(playground.json("out/small/study.json")["status"] == "complete");
  const std::string kept = "out/small/runs/rate-1e38-seed-1/manifest.json";
  const std::string manifest = playground.read(kept);
  playground.good(kCall);
  CHECK(playground.read(kept) == manifest);
}

TEST_CASE("an expectation that fails ends with exit code 1, after everything was written", "[program]") {
  Json study = tiny_study();
  study["expect"] = {{{"value", "rate-0.1: q-hat / copy: different_levels"}, {"at_most", 0.0}},
                     {{"value", "rate-0.1: q-hat / ste: weight_alignment_error"}, {"at_most", 0.0}}};
  Playground playground;
  playground.write_json("s.json", study);
  const testing::Outcome outcome = playground.steq(kCall);
  CHECK(outcome.code == 1);
  const auto lines = testing::lines_of(playground.read("out/small/tables/expectations.csv"));
  REQUIRE(lines.size() == 3);
  CHECK_THAT(lines[1], Catch::EndsWith(",yes"));
  CHECK_THAT(lines[2], Catch::EndsWith(",NO"));
}

TEST_CASE("what cannot be a study is refused, and nothing is written", "[program]") {
  Playground playground;
  playground.write_json("run.json", testing::tiny());
  playground.refused({"reproduce", "run.json"}, 2, {"run.json: is no study; allowed: all, claims, activations, "});
  playground.refused({"reproduce", "learning-rat"}, 2, {"learning-rat: neither a file nor a preset"});
  playground.refused({"reproduce", "learning-rate", "--data", "nowhere"}, 2,
                     {"nowhere: no such directory; looked in it for train-images"});
  playground.refused({"reproduce", "learning-rate", "--seeds", "0"}, 2, {"--seeds: 0"});
  playground.refused({"run", "learning-rate"}, 2, {"learning-rate: is a study; allowed: steq reproduce learning-rate"});
  playground.write_json("s.json", tiny_study());
  playground.write("out/small/letter.txt", "mine");
  playground.refused(kCall, 2, {"out/small: exists and is no study"});
  playground.write("new/small/runs/rate-0.1-seed-1.partial/x", "");
  playground.write("new/small/config.json", R"({"kind": "study"})");
  playground.refused({"reproduce", "s.json", "--out", "new"}, 2,
                     {"new/small/runs/rate-0.1-seed-1.partial: exists and is not a run directory"});
  playground.write("app/small/runs/tensorboard", "events");
  playground.write("app/small/config.json", R"({"name": "mine"})");
  playground.refused({"reproduce", "s.json", "--out", "app"}, 2, {"app/small: exists and is no study"});
}

TEST_CASE("an interrupted study keeps what is there, ends with 130 and goes on", "[program]") {
  Json study = tiny_study();
  study["base"]["epochs"] = 100000;
  Playground playground;
  playground.write_json("s.json", study);
  testing::Process process(playground.path(), Playground::command(kCall));
  while (!fs::exists(playground.path() / "out/small/runs/rate-0.1-seed-1.partial/history.jsonl"))
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  process.send(SIGINT);
  const testing::Outcome outcome = process.wait();
  CHECK(outcome.code == 130);
  CHECK_THAT(outcome.err, Catch::Contains("interrupted; the same command goes on"));
  CHECK(playground.json("out/small/runs/rate-0.1-seed-1/summary.json")["status"] == "interrupted");
}
