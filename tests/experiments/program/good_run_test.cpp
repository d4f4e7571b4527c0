// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "records/log_reader.hpp"
#include "records/sha256.hpp"
#include "tiny.hpp"

using namespace steq;
namespace fs = std::filesystem;
using Catch::Contains;
using testing::Outcome;
using testing::Playground;
using testing::tiny;

namespace {

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

void check_keys(const Json& object, const std::set<std::string>& promised) {
  const std::set<std::string> keys = keys_of(object);
  CAPTURE(object.dump());
  CHECK(std::includes(keys.begin(), keys.end(), promised.begin(), promised.end()));
}

/// The tiny experiment, run once for all tests of this file, with gnuplot.
const Playground& finished_run() {
  static const Playground playground;
  if (!playground.tree().empty()) return playground;
  testing::write_digits(playground, "data", 200, 50);
  Json config = tiny();
  config["data"] = {{"dataset", "mnist"}, {"path", "data"}};
  config["epochs"] = 2;
  playground.write_json("c.json", config);
  const Outcome outcome = playground.steq_with_gnuplot({"run", "c.json", "--out", "run", "--threads", "2"});
  INFO(outcome.err);
  REQUIRE(outcome.code == 0);
  CHECK_THAT(outcome.err, !Contains("steq: ") || Contains("sees pixels / 255"));
  playground.write("said", outcome.out);
  return playground;
}

}  // namespace

TEST_CASE("a run directory holds everything that is promised", "[program]") {
  std::set<std::string> files;
  for (const auto& [name, content] : testing::tree_of(finished_run().path() / "run")) files.insert(name);
  std::set<std::string> expected{"config.json",  "history.jsonl", "logs.h5", "manifest.json",
                                 "summary.json", "tables",        "weights", "weights/q-hat-mapped.safetensors"};
  for (const char* table : {"agreement-by-tensor", "alignment", "disagreement", "dwell-times", "estimators",
                            "oscillation", "oscillation-by-step"})
    expected.insert(fmt::format("tables/{}.csv", table));
  for (const char* learner : {"q-hat", "ste", "copy"})
    for (const char* moment : {"initial", "epoch-1", "epoch-2", "final", "quantized"})
      expected.insert(fmt::format("weights/{}-{}.safetensors", learner, moment));
  for (const char* file :
       {"figures", "figures/divergence-alignment.csv", "figures/divergence.csv", "figures/divergence.gp"})
    expected.insert(file);
  if (!files.contains("figures/divergence.svg"))
    WARN("gnuplot is not installed: no figure to check");
  else
    for (const char* file : {"figures/divergence.svg", "figures/divergence.pdf"}) expected.insert(file);
  CHECK(files == expected);
}

TEST_CASE("the manifest's hashes are those of the files", "[program]") {
  const Playground& playground = finished_run();
  const Json manifest = playground.json("run/manifest.json");
  check_keys(manifest,
             {"steq", "git_commit", "compiler", "flags", "instruction_set", "seed", "threads", "data", "results"});
  CHECK(manifest["seed"] == 1);
  CHECK(manifest["threads"] == 2);
  CHECK(manifest["data"].size() == 4);
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(playground.path() / "run"))
    files += entry.is_regular_file();
  CHECK(manifest["results"].size() == files - 1);
  for (const char* kind : {"data", "results"})
    for (const Json& entry : manifest[kind]) {
      const std::string path =
          playground.file((kind == std::string("data") ? "" : "run/") + entry["file"].get<std::string>());
      CHECK(entry["sha256"] == sha256_of_file(path));
      CHECK(entry["bytes"] == fs::file_size(path));
    }
}

TEST_CASE("summary.json has the keys of the contract", "[program]") {
  const Json summary = finished_run().json("run/summary.json");
  check_keys(summary, {"schema", "steps", "learners", "comparisons"});
  CHECK(summary["schema"] == 1);
  CHECK(summary["steps"] == 20);
  CHECK(summary["status"] == "complete");
  CHECK(keys_of(summary["learners"]) == std::set<std::string>{"q-hat", "ste", "copy"});
  for (const Json& learner : summary["learners"])
    check_keys(learner, {"train_loss", "test_loss", "test_accuracy", "change_points"});
  REQUIRE(summary["comparisons"].size() == 2);
  for (const Json& comparison : summary["comparisons"]) {
    check_keys(comparison, {"a", "b", "map", "metrics", "first_divergence"});
    check_keys(comparison["metrics"],
               {"change_point_sequence_agreement", "compressed_change_point_sequence_agreement",
                "average_change_point_error", "average_compressed_change_point_error", "average_oscillation_error",
                "weight_alignment_error", "alignment_error_per_bin", "alignment_error_per_displacement",
                "quantized_weight_agreement", "train_loss_correlation", "test_loss_correlation",
                "test_accuracy_correlation", "inference_agreement", "incorrect_inference_agreement",
                "mean_squared_logit_difference", "mean_absolute_logit_difference", "changed_weight_share",
                "change_point_sequence_agreement_of_changed", "quantized_weight_agreement_of_changed"});
  }
  CHECK(summary["comparisons"][0]["map"] == "M");
  CHECK(summary["comparisons"][1]["map"] == "identity");
  CHECK(keys_of(summary["comparisons"][0]["first_divergence"]) ==
        std::set<std::string>{"step", "tensor", "weight", "level_a", "level_b"});
  CHECK(summary["comparisons"][1]["first_divergence"].is_null());
}

TEST_CASE("history, logs and summary say the same", "[program]") {
  const Playground& playground = finished_run();
  const LogReader logs(playground.file("run/logs.h5"));
  const Json summary = playground.json("run/summary.json");
  const std::vector<std::string> names{"q-hat", "ste", "copy"};
  CHECK(logs.learners() == std::vector<std::string>{"copy", "q-hat", "ste"});  // by name
  const auto lines = testing::lines_of(playground.read("run/history.jsonl"));
  REQUIRE(lines.size() == 6);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Json entry = Json::parse(lines[i]);
    const std::string& name = names[i % 3];
    CHECK(entry["learner"] == name);
    CHECK(entry["epoch"] == i / 3 + 1);
    CHECK(entry["learning_rate"] == 0.1);
    const auto losses = logs.batch_loss(name);
    REQUIRE(losses.size() == 20);
    const auto begin = losses.begin() + static_cast<std::ptrdiff_t>(i / 3 * 10);
    CHECK(entry["train_loss"].get<double>() == Approx(std::accumulate(begin, begin + 10, 0.0) / 10));
    CHECK(entry["test_accuracy"] >= 0);
    CHECK(entry["test_accuracy"] <= 1);
    if (i < 3) continue;
    for (const char* key : {"train_loss", "test_loss", "test_accuracy"})
      CHECK(entry[key] == summary["learners"][name][key]);
  }
  for (const std::string& name : names) {
    CHECK(logs.tensors(name) == std::vector<std::string>{"conv1.weight"});
    CHECK(logs.change_points(name, "conv1.weight").size() == summary["learners"][name]["change_points"]);
  }
}

TEST_CASE("the table names everything and ends with a verdict and the place", "[program]") {
  const Playground& playground = finished_run();
  const std::string said = playground.read("said");
  CHECK_THAT(said, Catch::StartsWith("tiny: complete after 20 steps\n") && Contains("q-hat / ste") &&
                       Contains("q-hat / copy") && Contains("\nVerdict: q-hat and ste: ") &&
                       Catch::EndsWith("Run directory: " + playground.file("run") + "\n"));
  const Json summary = playground.json("run/summary.json");
  for (const auto& [key, value] : summary["comparisons"][0]["metrics"].items())
    CHECK_THAT(said, Contains("\n" + key + " "));
}

TEST_CASE("a directory is made for a run without a name of its own", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  CHECK_THAT(playground.good({"run", "c.json", "--quiet"}),
             Catch::EndsWith("Run directory: " + playground.file("runs/tiny") + "\n"));
  CHECK(fs::exists(playground.path() / "runs" / "tiny" / "summary.json"));
}

TEST_CASE("a run without anything to draw has no figure and no error", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  for (const char* change :
       {"compare=[[\"q-hat\",\"copy\"]]", "compare=[]", "model.layers[0].quantize=false", "steps=1"}) {
    const Outcome outcome = playground.steq_with_gnuplot({"run", "c.json", "--out", "run", "--force", "--set", change});
    CAPTURE(change, outcome.out);
    CHECK(outcome.code == 0);
    CHECK_THAT(outcome.err, !Contains("steq: "));
    CHECK(outcome.out.find("nan") == std::string::npos);
  }
}
