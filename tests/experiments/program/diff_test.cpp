// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "records/log_file.hpp"
#include "records/stored_run.hpp"
#include "tiny.hpp"

using namespace steq;
using testing::Playground;

namespace {

/// A call of diff that ends with `code` and says nothing on standard error.
std::string diffed(const Playground& playground, testing::Words arguments, int code) {
  arguments.insert(arguments.begin(), "diff");
  const testing::Outcome outcome = playground.steq(arguments);
  CAPTURE(arguments, outcome.out, outcome.err);
  CHECK(outcome.code == code);
  CHECK(outcome.err.empty());
  return outcome.out;
}

Json diffed_json(const Playground& playground, testing::Words arguments, int code) {
  arguments.push_back("--json");
  return Json::parse(diffed(playground, arguments, code));
}

/// tiny() with all controls.
Json controlled() {
  Json config = testing::tiny();
  config["learners"].push_back({{"name", "jitter"}, {"like", "q-hat"}, {"learning_rate_scale", 1.01}});
  config["compare"].push_back({"q-hat", "jitter"});
  return config;
}

void run(const Playground& playground, const std::string& out, testing::Words more = {}) {
  if (!std::filesystem::exists(playground.file("c.json"))) playground.write_json("c.json", controlled());
  testing::Words words{"run", "c.json", "--out", out};
  words.insert(words.end(), more.begin(), more.end());
  playground.good(words);
}

const Json& pair_of(const Json& document, const std::string& a) {
  const auto found = std::ranges::find_if(document["pairs"], [&](const Json& pair) { return pair["a"] == a; });
  REQUIRE(found != document["pairs"].end());
  return *found;
}

/// The level of every weight of tiny()'s tensor after `step`, replayed from the log.
std::vector<Level> levels_at(const StoredRun& run, const std::string& learner, Step step) {
  const ChangePointLog log = run.logs().change_points(learner, "conv1.weight");
  std::vector<Level> levels = log.initial_levels();
  for (std::size_t i = 0; i < log.size() && log[i].step <= step; ++i) levels[log[i].weight] = log[i].level;
  return levels;
}

std::ptrdiff_t apart(const std::vector<Level>& a, const std::vector<Level>& b) {
  std::ptrdiff_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i];
  return count;
}

/// A directory with nothing but the log of one learner, one tensor.
void write_foreign(const Playground& playground, const std::string& name, const ChangePointLog& log,
                   const std::string& learner = "mine", const std::string& tensor = "w", Step steps = 0) {
  std::filesystem::create_directories(playground.path() / name);
  LogWriter writer(playground.file(name + "/logs.h5"));
  writer.write_change_points(learner, tensor, log);
  if (steps > 0) writer.write_batch_loss(learner, std::vector<double>(steps, 1.0));
  writer.close();
}

}  // namespace

TEST_CASE("the same config twice is identical", "[program]") {
  const Playground playground;
  run(playground, "a", {"--threads", "1"});
  run(playground, "b", {"--threads", "2", "--set", "name=other"});
  const std::string text = diffed(playground, {"a", "b"}, 0);
  CHECK_THAT(text, Catch::Contains("Identical: 4 learners, in levels, initial weights, final weights, batch losses"));
  CHECK_THAT(text, Catch::StartsWith("Identical: ") && !Catch::Contains("settings that differ"));
  const Json document = diffed_json(playground, {"a", "b"}, 0);
  CHECK(document["same"] == true);
  CHECK(document["settings"].empty());
  CHECK(document["first_divergence"].is_null());
  CHECK(document["pairs"].size() == 4);
  for (const Json& pair : document["pairs"]) {
    for (const auto& [part, same] : pair["identical"].items()) CHECK(same == true);
    CHECK(pair["metrics"]["quantized_weight_agreement"]["verdict"] == "equal");
  }
}

TEST_CASE("another rate differs where the logs say so", "[program]") {
  const Playground playground;
  run(playground, "a");
  run(playground, "b", {"--set", "optimizer.learning_rate=0.12"});
  const Json document = diffed_json(playground, {"a", "b"}, 1);
  CHECK(document["settings"] == Json::parse(R"([{"path": "optimizer.learning_rate", "a": 0.1, "b": 0.12}])"));
  const StoredRun a(playground.path() / "a"), b(playground.path() / "b");
  for (const std::string learner : {"q-hat", "ste", "copy", "jitter"}) {
    CAPTURE(learner);
    const Json& first = pair_of(document, learner)["first_divergence"];
    REQUIRE(first.is_object());
    const Step step = first["step"];
    for (Step before = 0; before < step; ++before)
      CHECK(levels_at(a, learner, before) == levels_at(b, learner, before));
    const auto in_a = levels_at(a, learner, step), in_b = levels_at(b, learner, step);
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(in_a, in_b).in1 - in_a.begin());
    REQUIRE(at < in_a.size());
    CHECK((first["weight"] == at && first["level_a"] == in_a[at] && first["level_b"] == in_b[at]));
    const std::ptrdiff_t end = apart(levels_at(a, learner, 10), levels_at(b, learner, 10));
    CHECK(first["all_weights"]["apart_at_end"] == end);
    CHECK(pair_of(document, learner)["metrics"]["quantized_weight_agreement"]["value"].get<double>() ==
          Approx(1 - static_cast<double>(end) / 100));
    CHECK(document["first_divergence"]["step"].get<Step>() <= step);
  }
}

TEST_CASE("end values and controls are those of the summaries", "[program]") {
  const Playground playground;
  run(playground, "a");
  run(playground, "b", {"--seed", "2"});
  const Json document = diffed_json(playground, {"a", "b"}, 1);
  const Json a = playground.json("a/summary.json"), b = playground.json("b/summary.json");
  for (const auto& [name, learner] : a["learners"].items())
    for (const char* key : {"test_accuracy", "test_loss", "train_loss", "change_points"}) {
      const Json& value = pair_of(document, name)["end"][key];
      CHECK((value["a"] == learner[key] && value["b"] == b["learners"][name][key]));
      CHECK(value["difference"].get<double>() == value["b"].get<double>() - value["a"].get<double>());
    }
  const auto jitter = [](const Json& summary) { return summary["comparisons"][2]["metrics"]; };
  REQUIRE(a["comparisons"][2]["kind"] == "jitter");
  for (const auto& [metric, value] : pair_of(document, "q-hat")["metrics"].items()) {
    CAPTURE(metric);
    if (value["perfect"].is_null() || value["jitter"].is_null()) continue;
    const double in_a = jitter(a)[metric].is_null() ? value["perfect"] : jitter(a)[metric];
    const double in_b = jitter(b)[metric].is_null() ? value["perfect"] : jitter(b)[metric];
    const double perfect = value["perfect"];
    const double floor = std::max(std::abs(in_a - perfect), std::abs(in_b - perfect));
    CHECK(std::abs(value["jitter"].get<double>() - perfect) == floor);
    if (!value["value"].is_null())
      CHECK(value["beyond_floor"] == (std::abs(value["value"].get<double>() - perfect) > floor + 1e-12));
  }
  CHECK(document["beyond_floor"].get<int>() > 5);
  const std::string text = diffed(playground, {"a", "b"}, 1);
  CHECK_THAT(text, Catch::StartsWith("Different: 4 learners of 4") && Catch::Contains("above jitter"));
}

TEST_CASE("identical learners are named and nothing more", "[program]") {
  const Playground playground;
  run(playground, "a");
  run(playground, "b", {"--set", "learners[3].learning_rate_scale=1.02"});
  const std::string text = diffed(playground, {"a", "b"}, 1);
  CHECK_THAT(text, Catch::StartsWith("Different: 1 learner of 4") &&
                       Catch::Contains("\nIdentical learners: q-hat, ste, copy\n") && !Catch::Contains("\nq-hat  "));
}

TEST_CASE("two learners of one run are compared as the run itself did", "[program]") {
  const Playground playground;
  run(playground, "a");
  const Json comparison = playground.json("a/summary.json")["comparisons"][0];
  const Json document = diffed_json(playground, {"a", "a", "--learners", "q-hat,ste"}, 1);
  REQUIRE(document["pairs"].size() == 1);
  const Json& pair = document["pairs"][0];
  CHECK(pair["map"] == "M");
  for (const auto& [metric, value] : comparison["metrics"].items()) {
    CAPTURE(metric);
    if (metric == "mask_mismatch_share") continue;  // which weights are masked is not stored
    CHECK(pair["metrics"][metric]["value"] == value);
  }
  for (const auto& [key, value] : comparison["first_divergence"].items()) CHECK(pair["first_divergence"][key] == value);
  CHECK(document["settings"][0] == Json::parse(R"({"path": "learners.q-hat/ste.estimator.type",
                                                  "a": "dsq", "b": "ste"})"));
  CHECK(diffed_json(playground, {"a", "a", "--learners", "q-hat,copy"}, 0)["pairs"][0]["map"] == "identity");
}

TEST_CASE("one change planted in a copy of a log is found at its place", "[program]") {
  const Playground playground;
  run(playground, "a");
  const StoredRun a(playground.path() / "a");
  const ChangePointLog log = a.logs().change_points("q-hat", "conv1.weight");
  REQUIRE(log.size() > 2);
  const ChangePoint last = log[log.size() - 1];
  ChangePointLog planted(log.initial_levels()), returned(log.initial_levels());
  WeightIndex still = 0;  // a weight that never changes
  const std::vector<WeightIndex> changing = log.weights();
  while (std::ranges::count(changing, still) > 0) ++still;
  const Level level = log.initial_levels()[still], other = static_cast<Level>(level == 0 ? 1 : level - 1);
  for (std::size_t i = 0; i < log.size(); ++i) planted.append(log[i]), returned.append(log[i]);
  planted.append({still, last.step + 3, other});
  returned.append({still, last.step + 3, other});
  returned.append({still, last.step + 5, level});
  write_foreign(playground, "silent", log, "q-hat", "conv1.weight");
  for (const auto& [name, written] : {std::pair("plain", &log), {"planted", &planted}, {"returned", &returned}})
    write_foreign(playground, name, *written, "q-hat", "conv1.weight", last.step + 5);

  CHECK(diffed_json(playground, {"a", "silent", "--learners", "q-hat"}, 0)["same"] == true);
  const Json one = diffed_json(playground, {"plain", "planted"}, 1)["pairs"][0];
  const Json& first = one["first_divergence"];
  CHECK((first["step"] == last.step + 3 && first["tensor"] == "conv1.weight" && first["weight"] == still));
  CHECK((first["level_a"] == level && first["level_b"] == other));
  CHECK(first["all_weights"]["apart_at_end"] == 1);
  CHECK(first["this_weight"]["together_again"].is_null());
  CHECK(first["this_weight"]["apart_for_good"] == last.step + 3);
  CHECK(one["metrics"]["quantized_weight_agreement"]["value"] == 0.99);
  const Json two = diffed_json(playground, {"plain", "returned"}, 1)["pairs"][0]["first_divergence"];
  CHECK(two["step"] == last.step + 3);
  CHECK(two["this_weight"]["together_again"] == last.step + 5);
  CHECK(two["all_weights"]["apart_for_good"].is_null());
}

TEST_CASE("runs of different lengths are compared as far as both go", "[program]") {
  const Playground playground;
  run(playground, "a");
  run(playground, "b", {"--set", "epochs=2"});
  const Json document = diffed_json(playground, {"a", "b"}, 1);
  CHECK(document["same"] == false);
  CHECK(document["compared_until"] == 10);
  CHECK(document["first_divergence"].is_null());
  const Json& pair = pair_of(document, "q-hat");
  CHECK((pair["identical"]["levels"] == true && pair["identical"]["batch losses"] == true));
  CHECK((pair["identical"]["final weights"].is_null() && pair["identical"]["logits"].is_null()));
  CHECK(pair["metrics"]["quantized_weight_agreement"]["value"] == 1.0);
  CHECK(pair["metrics"]["weight_alignment_error"]["value"].is_null());
  CHECK_THAT(diffed(playground, {"a", "b"}, 1), Catch::Contains("Compared up to step 10, where A ends"));
}

TEST_CASE("logs alone are compared without guessing", "[program]") {
  const Playground playground;
  ChangePointLog a({0, 1, 2}), b({0, 1, 2});
  a.append({1, 4, 2});
  b.append({1, 6, 2});
  write_foreign(playground, "a", a);
  write_foreign(playground, "b", b, "another");
  const Json document = diffed_json(playground, {"a", "b"}, 1);
  CHECK((document["settings"].empty() && document["a"]["steps"].is_null()));
  const Json& pair = document["pairs"][0];
  CHECK((pair["a"] == "mine" && pair["b"] == "another"));
  const Json& metrics = pair["metrics"];
  CHECK(metrics["change_point_sequence_agreement"]["value"] == 1.0);
  CHECK(metrics["average_change_point_error"]["value"] == 2.0);
  CHECK(metrics["average_change_point_error"]["verdict"] == "no control");
  for (const char* name : {"weight_alignment_error", "alignment_error_per_bin", "alignment_error_per_displacement",
                           "inference_agreement", "mask_mismatch_share", "test_loss_correlation"})
    CHECK(metrics[name]["value"].is_null());
  CHECK(pair["first_divergence"]["this_weight"]["together_again"] == 6);
  CHECK_THAT(document["verdict"].get<std::string>(), Catch::Contains("No jitter control was run"));
  CHECK_THAT(diffed(playground, {"a", "b"}, 1), Catch::Contains("no control"));
}

TEST_CASE("what cannot be compared is refused with the reason", "[program]") {
  const Playground playground;
  run(playground, "a");
  playground.refused({"diff", "none", "nowhere"}, 2, {"none: is not a directory", "nowhere: is not a directory"});
  playground.refused({"diff", "a", "a", "--learners", "q-hat,stee"}, 2,
                     {"--learners: \"q-hat,stee\" is not allowed; allowed: one learner of each run"});
  playground.refused({"diff", "a"}, 2, {""});
  write_foreign(playground, "other", ChangePointLog({0, 1}));
  playground.refused({"diff", "a", "other"}, 2, {"--learners: is missing, as no learner has the same name in both"});
  playground.refused({"diff", "a", "other", "--learners", "ste,mine"}, 2,
                     {"ste of a, mine of other: not the same quantized tensors: conv1.weight in A, w in B"});
  write_foreign(playground, "larger", ChangePointLog({0, 1, 2}));
  playground.refused({"diff", "other", "larger"}, 2,
                     {"mine of other, mine of larger: w: cannot be compared: 2 weights in A, 3 in B"});
  run(playground, "unrecorded", {"--set", "record.change_points=false"});
  playground.refused({"diff", "unrecorded", "a"}, 2, {"unrecorded/logs.h5: /q-hat: holds no change points"});
  playground.write("orders/config.json", R"({"kind": "orders"})");
  playground.refused({"diff", "a", "orders"}, 2, {"orders: holds an experiment of kind \"orders\""});
}

TEST_CASE("diff refuses damaged runs with one message", "[program]") {
  const Playground playground;
  run(playground, "a");
  run(playground, "b");
  const std::string whole = playground.read("b/logs.h5");
  playground.write("b/logs.h5", whole.substr(0, whole.size() / 2));
  playground.refused({"diff", "a", "b"}, 2, {"b/logs.h5: damaged or changed: its SHA-256 is not the one in manifest"});
  std::filesystem::remove(playground.path() / "b/manifest.json");
  playground.refused({"diff", "a", "b"}, 2, {"b/logs.h5: not a readable HDF5 file: "});
  playground.write("b/logs.h5", "text");
  playground.refused({"diff", "a", "b"}, 2, {"b/logs.h5: not a readable HDF5 file: "});
  playground.write("b/logs.h5", whole);
  playground.write("b/summary.json", R"({"steps": 3})");
  playground.refused({"diff", "a", "b"}, 2, {"b/logs.h5: /q-hat/conv1.weight: a change point at step "});
  playground.write("b/summary.json", R"({"comparisons": [{"kind": "jitter", "a": 1, "metrics": {}}]})");
  playground.refused({"diff", "a", "b"}, 2,
                     {"b/summary.json: comparisons[0].a: 1 is not allowed; allowed: a text",
                      "b/summary.json: comparisons[0].b: null is not allowed; allowed: a text"});
  playground.write("b/summary.json", R"({"comparisons": [{"kind": "jiter", "a": "q-hat", "b": "jitter"}]})");
  playground.refused({"diff", "a", "b"}, 2,
                     {"b/summary.json: comparisons[0].kind: \"jiter\" is not allowed; allowed: "});
  playground.write("b/summary.json", "{");
  playground.refused({"diff", "a", "b"}, 2, {"b/summary.json"});
}
