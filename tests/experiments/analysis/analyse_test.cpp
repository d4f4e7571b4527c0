// SPDX-License-Identifier: MIT
#include "experiments/analysis/analyse.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "plots/tables/read_csv.hpp"
#include "records/log_file.hpp"
#include "records/safetensors.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/program/tiny.hpp"
#include "tests/sim/metrics/random_pair.hpp"

using namespace steq;
using testing::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

/// logs.h5 and nothing else, as another program may record it; the losses say how many steps there were.
void write_logs(const fs::path& directory, const test::RandomPair& pair) {
  LogWriter writer((directory / "logs.h5").string());
  for (const LearnerTrace* learner : {&pair.a, &pair.b}) {
    for (const TensorTrace& tensor : learner->tensors)
      writer.write_change_points(learner->name, tensor.name, *tensor.log);
    writer.write_batch_loss(learner->name, std::vector<double>(test::RandomPair::kSteps, 1.0));
  }
  writer.close();
}

Table table(const fs::path& run, const std::string& name) {
  const auto read = read_csv(run / "tables" / (name + ".csv"));
  INFO(name);
  REQUIRE(read);
  return *read;
}

double value(const Table& table, std::size_t row, const std::string& column) {
  const auto place = column_of(table, column);
  INFO(column);
  REQUIRE(place);
  return number_of(table.rows.at(row)[*place]);
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

/// Shares of the weights of one tensor, by looking at every step.
struct Shares {
  double changed = 0, last = 0, sequence = 0;

  Shares(const test::Dense& a, const test::Dense& b) {
    const std::size_t weights = a[0].size();
    for (std::size_t i = 0; i < weights; ++i) {
      std::vector<Level> in_a, in_b;
      for (std::size_t t = 0; t < a.size(); ++t) in_a.push_back(a[t][i]), in_b.push_back(b[t][i]);
      last += in_a.back() == in_b.back();
      in_a.erase(std::unique(in_a.begin(), in_a.end()), in_a.end());
      in_b.erase(std::unique(in_b.begin(), in_b.end()), in_b.end());
      changed += in_a.size() > 1 || in_b.size() > 1;
      sequence += in_a == in_b;
    }
    for (double* share : {&changed, &last, &sequence}) *share /= static_cast<double>(weights);
  }
};

/// A run of the program, analysed by itself; made once.
const testing::Playground& finished() {
  static const testing::Playground playground;
  if (!playground.tree().empty()) return playground;
  Json config = testing::tiny();
  config["epochs"] = 2;
  playground.write_json("c.json", config);
  playground.good({"run", "c.json", "--out", "run"});
  return playground;
}

}  // namespace

TEST_CASE("logs alone give every table that needs no config and no weights", "[analysis]") {
  const TemporaryDirectory directory;
  const test::RandomPair pair(7, 8);
  write_logs(directory.path(), pair);
  analyse(directory.path());
  CHECK(names_in(directory.path() / "tables") == std::set<std::string>{"agreement-by-tensor.csv", "disagreement.csv",
                                                                       "dwell-times.csv", "oscillation-by-step.csv",
                                                                       "oscillation.csv"});
  CHECK_FALSE(fs::exists(directory.path() / "weights"));
  const Table agreement = table(directory.path(), "agreement-by-tensor");
  REQUIRE(agreement.rows.size() == 3);
  for (std::size_t t = 0; t < 3; ++t) {
    const Shares shares(pair.levels_a[t], pair.levels_b[t]);
    CHECK(agreement.rows[t][0] == "a / b");
    CHECK(value(agreement, t, "weights") == static_cast<double>(pair.levels_a[t][0].size()));
    CHECK(value(agreement, t, "changed_weight_share") == Approx(shares.changed));
    CHECK(value(agreement, t, "quantized_weight_agreement") == Approx(shares.last));
    CHECK(value(agreement, t, "change_point_sequence_agreement") == Approx(shares.sequence));
  }
}

TEST_CASE("oscillation is listed for each tensor and for all of them", "[analysis]") {
  const TemporaryDirectory directory;
  const test::RandomPair pair(7, 8);
  write_logs(directory.path(), pair);
  analyse(directory.path());
  const Table oscillation = table(directory.path(), "oscillation"),
              by_step = table(directory.path(), "oscillation-by-step"), dwells = table(directory.path(), "dwell-times");
  REQUIRE(oscillation.rows.size() == 8);
  CHECK(oscillation.rows[3][1] == "all");
  for (const char* column : {"weights", "change_points", "reversals", "dwells", "open_dwells", "unchanged_weights"})
    CHECK(value(oscillation, 3, column) ==
          value(oscillation, 0, column) + value(oscillation, 1, column) + value(oscillation, 2, column));
  CHECK(value(oscillation, 0, "change_points") == static_cast<double>(pair.a.tensors[0].log->size()));
  double flips = 0, long_dwells = 0;
  for (std::size_t row = 0; row < by_step.rows.size(); ++row)
    if (by_step.rows[row][0] == "a" && by_step.rows[row][1] == "all") flips += value(by_step, row, "flip_ratio");
  const double steps = value(oscillation, 3, "steps");
  CHECK(steps == 40);
  CHECK(flips / steps == Approx(value(oscillation, 3, "flip_ratio")));
  for (std::size_t row = 0; row < dwells.rows.size(); ++row)
    if (dwells.rows[row][0] == "a" && dwells.rows[row][1] == "all") long_dwells += value(dwells, row, "dwells");
  CHECK(long_dwells == value(oscillation, 3, "dwells"));
}

TEST_CASE("mapped weights are M of the final ones, and alignment follows from the stored weights", "[analysis]") {
  const fs::path run = finished().path() / "run";
  const TensorFile final_a = read_safetensors((run / "weights/q-hat-final.safetensors").string());
  const TensorFile mapped = read_safetensors((run / "weights/q-hat-mapped.safetensors").string());
  const TensorFile final_b = read_safetensors((run / "weights/ste-final.safetensors").string());
  CHECK(mapped.metadata.at("mapped_to") == "ste");
  REQUIRE(mapped.tensors.size() == 1);
  CHECK(mapped.tensors[0].shape == final_a.tensors[0].shape);
  const auto values = [](const TensorFile& file) { return std::get<std::vector<float>>(file.tensors[0].data); };
  const std::vector<float> w = values(final_a), m = values(mapped), v = values(final_b);
  // M of the tanh estimator in closed form, one period about the nearest threshold; 25 inputs, 2 bits.
  const double range = std::sqrt(6.0 / 25), delta = 2 * range / 3, e = 6.5 / 3;
  double distance = 0;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const double centre = delta * std::round(w[i] / delta), x = 6.5 / range * (w[i] - centre);
    const double expected = centre + delta / 2 * (x + std::sinh(x) * std::cosh(x)) / (e + std::sinh(e) * std::cosh(e));
    CHECK(m[i] == Approx(expected).margin(1e-6));
    distance += std::abs(expected - v[i]) / delta / static_cast<double>(w.size());
  }
  const Table alignment = table(run, "alignment");
  REQUIRE(alignment.rows.size() == 3);
  CHECK(value(alignment, 0, "q-hat / ste") == 0);
  CHECK(value(alignment, 1, "step") == 10);
  CHECK(value(alignment, 2, "q-hat / ste") == Approx(distance).epsilon(1e-4));
  CHECK(value(alignment, 2, "q-hat / copy") == 0);
  const Json summary = finished().json("run/summary.json");
  CHECK(value(alignment, 2, "q-hat / ste") ==
        Approx(summary["comparisons"][0]["metrics"]["alignment_error_per_bin"].get<double>()));
}

TEST_CASE("every distinct estimator of a run is tabled once, in units of delta", "[analysis]") {
  const Table estimators = table(finished().path() / "run", "estimators");
  REQUIRE(estimators.rows.size() == 2 * 361);
  const auto at = [&](std::size_t row, const char* column) { return value(estimators, row, column); };
  CHECK(at(180, "u") == Approx(0).margin(1e-9));
  CHECK(at(180, "q") == Approx(2.224292).epsilon(1e-6));  // L+ of dsq with 2 bits and k = 6.5
  CHECK(at(180, "map") == Approx(0).margin(1e-9));
  CHECK(at(361 + 100, "q") == 1);
  CHECK(at(361 + 100, "map") == Approx(at(361 + 100, "u")));
  double moved = 0;
  for (std::size_t row = 0; row < 361; ++row)
    if (std::abs(at(row, "u") - 0.3) < 1e-6) moved = at(row, "map");
  CHECK(moved == Approx(1.5 * 0.073027530341));  // M(0.2) where W = 1 and delta = 2/3
}

TEST_CASE("the summary says of oscillation what the table says", "[analysis]") {
  const Table oscillation = table(finished().path() / "run", "oscillation");
  const Json summary = finished().json("run/summary.json");
  REQUIRE(oscillation.rows.size() == 3);  // one tensor each
  double reversals = 0;
  for (std::size_t row = 0; row < 3; ++row) {
    const Json& facts = summary["learners"][oscillation.rows[row][0]]["oscillation"];
    CHECK(facts["reversals"] == value(oscillation, row, "reversals"));
    CHECK(facts["flip_ratio"].get<double>() == Approx(value(oscillation, row, "flip_ratio")));
    CHECK(facts["frequency"].get<double>() == Approx(value(oscillation, row, "frequency_0.01")));
    CHECK(facts["oscillating_share"].get<double>() == Approx(value(oscillation, row, "oscillating_share_0.01")));
    reversals += value(oscillation, row, "reversals");
  }
  CHECK(reversals > 0);
}

TEST_CASE("analysing a run again changes nothing", "[analysis]") {
  const fs::path run = finished().path() / "run";
  const testing::Tree before = testing::tree_of(run);
  analyse(run);
  CHECK(testing::tree_of(run) == before);
}

TEST_CASE("a directory without logs is refused", "[analysis]") {
  const TemporaryDirectory directory;
  CHECK_THROWS_AS(analyse(directory.path()), InputError);
  CHECK(directory.entries() == 0);
}
