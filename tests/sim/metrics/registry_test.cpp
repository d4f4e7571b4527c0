// SPDX-License-Identifier: MIT
#include "sim/metrics/registry.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/metrics/plain_definitions.hpp"

using namespace steq;
using test::Measured;
using test::RandomPair;

namespace {

Measured measure(const LearnerTrace& a, const LearnerTrace& b, const WeightMap& map) {
  const Comparison comparison(a, b, map);
  Measured measured;
  for (const auto& entry : metric_registry().entries()) measured[entry.info.name] = entry.make(comparison);
  return measured;
}

double unmapped(const Grid&, double w) { return w; }
double bent(const Grid& grid, double w) { return w * std::abs(w) / grid.range + 0.1 * grid.delta; }

}  // namespace

TEST_CASE("metrics are listed in the order of summaries and tables", "[metrics]") {
  CHECK(metric_registry().names() == std::vector<std::string>{"change_point_sequence_agreement",
                                                              "compressed_change_point_sequence_agreement",
                                                              "average_change_point_error",
                                                              "average_compressed_change_point_error",
                                                              "average_oscillation_error",
                                                              "weight_alignment_error",
                                                              "alignment_error_per_bin",
                                                              "alignment_error_per_displacement",
                                                              "quantized_weight_agreement",
                                                              "quantized_value_distance",
                                                              "train_loss_correlation",
                                                              "test_loss_correlation",
                                                              "test_accuracy_correlation",
                                                              "inference_agreement",
                                                              "incorrect_inference_agreement",
                                                              "mean_squared_logit_difference",
                                                              "mean_absolute_logit_difference",
                                                              "changed_weight_share",
                                                              "change_point_sequence_agreement_of_changed",
                                                              "quantized_weight_agreement_of_changed",
                                                              "total_oscillations_a",
                                                              "total_oscillations_b",
                                                              "mask_mismatch_share"});
}

TEST_CASE("every metric has a definition with its range, and a formula", "[metrics]") {
  for (const auto& entry : metric_registry().entries()) {
    CAPTURE(entry.info.name);
    const std::string& summary = entry.info.summary;
    CHECK((summary.find(" to 1") != summary.npos || summary.find(">= 0") != summary.npos));
    CHECK(summary.back() == '.');
    CHECK_FALSE(entry.info.formula.empty());
  }
}

TEST_CASE("every metric equals its definition, spelled out over dense levels", "[metrics]") {
  Measured seen;
  for (unsigned seed = 0; seed < 60; ++seed) {
    const RandomPair pair(seed, seed % 3 == 0 ? 3 : 60);
    const auto measured = measure(pair.a, pair.b, bent), expected = test::expect_all(pair, bent);
    REQUIRE(measured.size() == expected.size());
    for (const auto& [name, value] : expected) {
      CAPTURE(seed, name);
      REQUIRE(measured.at(name).has_value() == value.has_value());
      if (value) REQUIRE(*measured.at(name) == Approx(*value).epsilon(1e-9).margin(1e-12));
      if (value && *value != 0 && *value != 1) seen[name] = value;
    }
  }
  CHECK(seen.size() == metric_registry().entries().size());  // the pairs told something about each of them
}

TEST_CASE("a learner compared with itself agrees in everything, exactly", "[metrics]") {
  const RandomPair pair(7, 3);
  const auto measured = measure(pair.a, pair.a, unmapped);
  const double oscillations = *measured.at("total_oscillations_a");
  CHECK(oscillations > 0);
  CHECK(measured.at("total_oscillations_b") == oscillations);
  for (const auto& [name, value] : measured) {
    CAPTURE(name);
    const bool is_error = name.find("error") != name.npos || name.find("difference") != name.npos;
    if (is_error) CHECK(value == 0.0);
    if (name.find("agreement") != name.npos || name.find("correlation") != name.npos) CHECK(value == 1.0);
  }
}

TEST_CASE("what is 0/0 is undefined", "[metrics]") {
  RandomPair pair(3, 1'000'000);
  const auto& initial = pair.levels_a[0][0];
  const ChangePointLog silent(initial);
  LearnerTrace still = pair.a;
  still.tensors.resize(1);
  still.tensors[0].log = &silent;
  still.tensors[0].final = still.tensors[0].initial;
  still.tensors[0].path_length = 0;
  still.tensors[0].grid.delta = 0;
  still.train_loss = {2.5};
  still.test_loss = {};
  still.test_accuracy = {0.1, 0.1, 0.1};
  for (std::size_t sample = 0; sample < 20; ++sample)
    for (std::size_t c = 0; c < 3; ++c) still.logits[3 * sample + c] = still.labels[sample] == c ? 1 : 0;

  const auto measured = measure(still, still, unmapped);
  for (const std::string name :
       {"average_change_point_error", "average_compressed_change_point_error", "average_oscillation_error",
        "weight_alignment_error", "alignment_error_per_bin", "alignment_error_per_displacement",
        "train_loss_correlation", "test_loss_correlation", "test_accuracy_correlation", "incorrect_inference_agreement",
        "change_point_sequence_agreement_of_changed", "quantized_weight_agreement_of_changed"}) {
    CAPTURE(name);
    CHECK_FALSE(measured.at(name).has_value());
  }
  CHECK(measured.at("change_point_sequence_agreement") == 1.0);
  CHECK(measured.at("changed_weight_share") == 0.0);
  CHECK(measured.at("inference_agreement") == 1.0);
  CHECK(measured.at("total_oscillations_a") == 0.0);
}

TEST_CASE("a correlation needs three epochs and two series that vary", "[metrics]") {
  LearnerTrace a, b;
  a.train_loss = {0.1, 0.1, 0.1};  // whose mean is not 0.1
  b.train_loss = {3, 2, 4};
  a.test_loss = {1, 2, 3};
  b.test_loss = {-1, -2, -3};
  a.test_accuracy = {0.3, 0.5};  // any two points lie on a line
  b.test_accuracy = {0.4, 0.7};
  for (const bool swapped : {false, true}) {
    const auto measured = swapped ? measure(b, a, unmapped) : measure(a, b, unmapped);
    CHECK_FALSE(measured.at("train_loss_correlation").has_value());
    CHECK(measured.at("test_loss_correlation") == -1.0);
    CHECK_FALSE(measured.at("test_accuracy_correlation").has_value());
  }
}

TEST_CASE("what was not recorded is undefined", "[metrics]") {
  RandomPair pair(3, 10);
  pair.b.tensors[1].log = nullptr;
  pair.b.logits.clear();
  pair.b.train_loss.pop_back();
  const auto measured = measure(pair.a, pair.b, unmapped);
  for (const std::string name :
       {"change_point_sequence_agreement", "quantized_weight_agreement", "changed_weight_share", "total_oscillations_a",
        "inference_agreement", "mean_squared_logit_difference", "train_loss_correlation"}) {
    CAPTURE(name);
    CHECK_FALSE(measured.at(name).has_value());
  }
  CHECK(measured.at("weight_alignment_error").has_value());
}

TEST_CASE("a learner's answer is the lowest class among equal logits", "[metrics]") {
  LearnerTrace a, b;
  a.labels = b.labels = {0, 2};
  a.logits = {0, 1, 1, /**/ 4, 4, 4};
  b.logits = {0, 2, 1, /**/ 5, 1, 0};
  const auto measured = measure(a, b, unmapped);
  CHECK(measured.at("inference_agreement") == 1.0);
  CHECK(measured.at("incorrect_inference_agreement") == 1.0);
  CHECK(measured.at("mean_absolute_logit_difference") == Approx(9.0 / 6));
  CHECK_FALSE(measured.at("change_point_sequence_agreement").has_value());
}
