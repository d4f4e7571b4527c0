// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <span>

#include "records/log_reader.hpp"
#include "records/safetensors.hpp"
#include "sim/quantizers/quantizer.hpp"
#include "theory/rescaling.hpp"
#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::tiny;

namespace {

constexpr std::size_t kWeights = 100;

/// The tiny experiment of 10 steps, recorded as told.
void recorded(const Playground& playground, const std::string& precision, const Json& record) {
  Json config = tiny();
  config["precision"] = precision;
  config["record"] = record;
  playground.write_json("c.json", config);
  playground.good({"run", "c.json", "--out", "run", "--force"});
}

std::vector<double> stored(const Playground& playground, const std::string& name) {
  const auto file = read_safetensors(playground.file("run/weights/" + name + ".safetensors"));
  CHECK(file.tensors[0].name == "conv1.weight");
  return values_of(file.tensors[0], name);
}

std::vector<double> row(const std::vector<double>& latent, std::size_t index) {
  const auto begin = latent.begin() + static_cast<std::ptrdiff_t>(index * kWeights);
  return {begin, begin + kWeights};
}

/// The levels after `step` by the change points.
std::vector<Level> levels_at(const ChangePointLog& log, Step step) {
  std::vector<Level> levels = log.initial_levels();
  for (std::size_t i = 0; i < log.size(); ++i)
    if (log.steps()[i] <= step) levels[log.weights()[i]] = log.levels()[i];
  return levels;
}

}  // namespace

TEST_CASE("thresholds of a grid that moves are recorded beside latent weights", "[program]") {
  const Playground playground;
  for (const char* quantizer : {"lsq", "twn", "ttq"}) {
    CAPTURE(quantizer);
    Json config = tiny();
    config["precision"] = "double";
    config["record"] = {{"latent_every", 3}};
    config["learners"] = Json::array({{{"name", "moving"}, {"quantizer", quantizer}, {"estimator", "ste"}}});
    config.erase("compare");
    playground.write_json("c.json", config);
    playground.good({"run", "c.json", "--out", "run", "--force"});
    const LogReader logs(playground.file("run/logs.h5"));
    const std::vector<double> latent = logs.latent("moving", "conv1.weight"),
                              thresholds = logs.latent_thresholds("moving", "conv1.weight");
    const std::vector<Step> steps = logs.latent_steps("moving");
    const ChangePointLog log = logs.change_points("moving", "conv1.weight");
    const std::size_t bounds = thresholds.size() / steps.size();
    CHECK(bounds == logs.grid("moving", "conv1.weight")->thresholds.size());
    CHECK(thresholds.front() != thresholds[thresholds.size() - bounds]);
    for (std::size_t r = 0; r < steps.size(); ++r) {
      std::vector<Level> levels;
      const auto own = std::span(thresholds).subspan(r * bounds, bounds);
      for (const double w : row(latent, r))
        levels.push_back(static_cast<Level>(std::ranges::lower_bound(own, w) - own.begin()));
      CHECK(levels == levels_at(log, steps[r]));
    }
  }
}

TEST_CASE("latent weights are recorded at every k-th and at the last step", "[program]") {
  const Playground playground;
  for (const char* precision : {"float", "double"})
    for (const auto& [every, steps] :
         {std::pair<Step, std::vector<Step>>{4, {0, 4, 8, 10}}, {5, {0, 5, 10}}, {99, {0, 10}}}) {
      recorded(playground, precision, {{"latent_every", every}});
      const LogReader logs(playground.file("run/logs.h5"));
      const auto quantizer = quantizer_registry().make(Spec{"uniform", {}}, "quantizer", TensorShape{25});
      for (const char* learner : {"q-hat", "ste", "copy"}) {
        CHECK(logs.latent_steps(learner) == steps);
        const auto latent = logs.latent(learner, "conv1.weight");
        REQUIRE(latent.size() == steps.size() * kWeights);
        CHECK(row(latent, 0) == stored(playground, std::string(learner) + "-initial"));
        CHECK(row(latent, steps.size() - 1) == stored(playground, std::string(learner) + "-final"));
        const ChangePointLog log = logs.change_points(learner, "conv1.weight");
        for (std::size_t r = 0; r < steps.size(); ++r) {
          std::vector<Level> levels;
          for (const double w : row(latent, r)) levels.push_back(quantizer->level_of(w));
          CHECK(levels == levels_at(log, steps[r]));
        }
      }
    }
}

TEST_CASE("the equivalent starts at M of the other's weights, to the last bit", "[program]") {
  const Playground playground;
  recorded(playground, "double", {{"latent_every", 1}});
  const auto quantizer = quantizer_registry().make(Spec{"uniform", {}}, "quantizer", TensorShape{25});
  const Grid& grid = quantizer->grid();
  const auto estimator = estimator_registry().make(Spec{"dsq", {{"k", 6.5}}}, "estimator", grid);
  const Rescaling rescaling(*estimator);
  const LogReader logs(playground.file("run/logs.h5"));
  const auto a = row(logs.latent("q-hat", "conv1.weight"), 0), b = row(logs.latent("ste", "conv1.weight"), 0);
  const double h = grid.delta / 2, kappa = 6.5 / grid.range, e = kappa * h;
  for (std::size_t i = 0; i < kWeights; ++i) {
    CHECK(b[i] == Approx(rescaling.map(a[i])).epsilon(1e-15));
    // the closed form for the threshold that is nearest, written out
    double c = 0;
    for (const double t : grid.thresholds) c = std::abs(a[i] - t) < std::abs(a[i] - c) ? t : c;
    const double u = a[i] - c, x = kappa * u;
    CHECK(b[i] == Approx(c + h * (x + std::sinh(x) * std::cosh(x)) / (e + std::sinh(e) * std::cosh(e))).margin(1e-14));
  }
}

TEST_CASE("before the first step that moves anything the equivalent pair is aligned exactly", "[program]") {
  for (const char* precision : {"float", "double"}) {
    const Playground playground;
    Json config = tiny();
    config["precision"] = precision;
    config["optimizer"]["learning_rate"] = 0;
    playground.write_json("c.json", config);
    playground.good({"run", "c.json", "--out", "run"});
    const Json ste = playground.json("run/summary.json")["comparisons"][0];
    CHECK(ste["map"] == "M");
    CHECK(ste["first_divergence"].is_null());
    CHECK(ste["metrics"]["alignment_error_per_bin"] == 0);
    CHECK(ste["metrics"]["weight_alignment_error"].is_null());  // 0 / 0: no path
    CHECK(ste["metrics"]["quantized_weight_agreement"] == 1);
    CHECK(ste["metrics"]["mean_squared_logit_difference"] == 0);
    CHECK(ste["metrics"]["changed_weight_share"] == 0);
  }
}

TEST_CASE("without change points what needs them is null", "[program]") {
  const Playground playground;
  recorded(playground, "float", {{"change_points", false}});
  const Json with_log = [&] {
    const Json summary = playground.json("run/summary.json");
    for (const Json& learner : summary["learners"]) CHECK(learner["change_points"].is_null());
    for (const Json& comparison : summary["comparisons"]) {
      CHECK(comparison["first_divergence"].is_null());
      for (const char* key :
           {"change_point_sequence_agreement", "average_oscillation_error", "quantized_weight_agreement",
            "changed_weight_share", "quantized_weight_agreement_of_changed"})
        CHECK(comparison["metrics"][key].is_null());
      for (const char* key : {"weight_alignment_error", "inference_agreement"})
        CHECK(comparison["metrics"][key].is_number());
    }
    CHECK(LogReader(playground.file("run/logs.h5")).batch_loss("ste").size() == 10);
    CHECK_THROWS(LogReader(playground.file("run/logs.h5")).change_points("ste", "conv1.weight"));
    return summary;
  }();
  recorded(playground, "float", Json::object());
  CHECK(playground.json("run/summary.json")["learners"]["ste"]["test_loss"] ==
        with_log["learners"]["ste"]["test_loss"]);
}

TEST_CASE("weights are kept as often as asked", "[program]") {
  const auto epochs = [](int every) {
    const Playground playground;
    playground.write_json("c.json", tiny());
    playground.good({"run", "c.json", "--out", "run", "--set", fmt::format("record.weights_every_epochs={}", every),
                     "--set", "epochs=4"});
    std::string kept;
    for (int epoch = 1; epoch <= 4; ++epoch)
      if (testing::fs::exists(playground.path() / fmt::format("run/weights/ste-epoch-{}.safetensors", epoch)))
        kept += std::to_string(epoch);
    CHECK(testing::fs::exists(playground.path() / "run/weights/ste-final.safetensors"));
    return kept;
  };
  CHECK(epochs(0).empty());
  CHECK(epochs(1) == "1234");
  CHECK(epochs(2) == "24");
  CHECK(epochs(3) == "3");
}
