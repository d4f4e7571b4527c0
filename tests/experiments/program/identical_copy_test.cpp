// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/experiments/preset_kinds.hpp"
#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::write_digits;

namespace {

const Json& comparison(const Json& summary, const std::string& b) {
  for (const Json& c : summary["comparisons"])
    if (c["a"] == "q-hat" && c["b"] == b) return c;
  FAIL("no comparison with " + b);
  return summary;
}

void check_twin(const Json& summary) {
  const Json& copy = comparison(summary, "copy");
  const Json& metrics = copy["metrics"];
  CHECK(copy["first_divergence"].is_null());
  CHECK(copy["map"] == "identity");
  for (const char* exact : {"weight_alignment_error", "alignment_error_per_bin", "alignment_error_per_displacement",
                            "average_change_point_error", "mean_squared_logit_difference"})
    CHECK((metrics[exact].is_null() || metrics[exact] == 0));  // null: nothing moved far enough for it
  CHECK(metrics["weight_alignment_error"] == 0);
  for (const char* all : {"quantized_weight_agreement", "change_point_sequence_agreement", "inference_agreement"})
    CHECK(metrics[all] == 1);
  CHECK(summary["learners"]["copy"] == summary["learners"]["q-hat"]);
}

/// Every preset of the central comparison with fewer and smaller batches; the weights of q-hat and its copy must be the
/// same bytes too.
void check_presets(const std::string& precision, const std::string& threads, const std::string& family = "") {
  const Playground playground;
  write_digits(playground, "data", 640, 50);
  for (const auto& [preset, text] : testing::central_presets()) {
    if (!preset.starts_with(family) || (family.empty() && preset.starts_with("cifar"))) continue;
    CAPTURE(preset, precision, threads);
    testing::Words call{"run",       preset,
                        "--out",     preset,
                        "--threads", threads,
                        "--set",     "precision=" + precision,
                        "--set",     "steps=4",
                        "--set",     "batch_size=20",
                        "--set",     "optimizer.learning_rate=0.01",
                        "--set",     "record.weights_every_epochs=0"};
    const auto set = [&](const std::string& change) { call.push_back("--set"), call.push_back(change); };
    if (preset.starts_with("mnist"))
      set("data.path=data");
    else
      set(R"(data={"dataset": "synthetic-digits", "train_size": 640, "test_size": 50, "augment": "crop-flip"})");
    const std::string said = playground.good(call);
    CHECK_THAT(said, Catch::Contains("Verdict: q-hat and ste: "));
    const Json summary = playground.json(preset + "/summary.json");
    check_twin(summary);
    CHECK(summary["learners"]["q-hat"]["change_points"] > 0);
    CHECK_FALSE(comparison(summary, "no-warp")["first_divergence"].is_null());
    CHECK(comparison(summary, "ste")["map"] == (preset.ends_with("-adam") ? "identity" : "M"));
    const std::string weights = preset + "/weights/";
    for (const char* moment : {"initial", "final"})
      CHECK(playground.read(fmt::format("{}copy-{}.safetensors", weights, moment)) ==
            playground.read(fmt::format("{}q-hat-{}.safetensors", weights, moment)));
  }
}

}  // namespace

TEST_CASE("the identical copy never parts, in float", "[program]") {
  check_presets("float", "1");
  check_presets("float", "2");
}

TEST_CASE("the identical copy never parts, in networks with norms", "[program]") {
  check_presets("float", "2", "cifar");
}

TEST_CASE("the identical copy never parts, in double", "[program]") { check_presets("double", "2"); }

TEST_CASE("the identical copy never parts, in double on one thread", "[program][slow]") {
  check_presets("double", "1");
}
