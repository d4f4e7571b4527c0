// SPDX-License-Identifier: MIT
#include "sim/metrics/comparison.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <set>

#include "sim/core/errors.hpp"
#include "sim/metrics/registry.hpp"
#include "tests/sim/metrics/random_pair.hpp"

using namespace steq;
using test::RandomPair;

namespace {

double identity(const Grid&, double w) { return w; }

}  // namespace

TEST_CASE("learners with different tensors are not compared", "[metrics]") {
  RandomPair pair(1, 10);
  CHECK_NOTHROW(Comparison(pair.a, pair.b, identity));
  SECTION("number") { pair.b.tensors.pop_back(); }
  SECTION("name") { pair.b.tensors[1].name = "other.weight"; }
  SECTION("order") { std::swap(pair.b.tensors[0], pair.b.tensors[2]); }
  SECTION("latent weights") { pair.b.tensors[1].final.pop_back(); }
  SECTION("initial weights") { pair.a.tensors[1].initial.pop_back(); }
  SECTION("log") { pair.a.tensors[1].log = pair.a.tensors[0].log; }
  CHECK_THROWS_AS(Comparison(pair.a, pair.b, identity), DomainError);
}

TEST_CASE("metrics of what was not recorded are undefined, the others as they were", "[metrics]") {
  RandomPair pair(1, 10);
  const auto measure = [&] {
    std::map<std::string, std::optional<double>> measured;
    const Comparison comparison(pair.a, pair.b, identity);
    for (const auto& entry : metric_registry().entries()) measured[entry.info.name] = entry.make(comparison);
    return measured;
  };
  const auto before = measure();
  std::set<std::string> lost;
  const std::set<std::string> of_weights{"weight_alignment_error", "alignment_error_per_bin",
                                         "alignment_error_per_displacement"};
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  SECTION("last weights of a") {
    pair.a.tensors[1].final.clear(), lost = of_weights, lost.insert("mask_mismatch_share");
  }
  SECTION("last weights of b") {
    pair.b.tensors[2].final.clear(), lost = of_weights, lost.insert("mask_mismatch_share");
  }
  SECTION("first weights of a") { pair.a.tensors[0].initial.clear(); }
  SECTION("first weights of b") { pair.b.tensors[0].initial.clear(), lost = {"alignment_error_per_displacement"}; }
  SECTION("path") { pair.b.tensors[1].path_length = nothing, lost = {"weight_alignment_error"}; }
  SECTION("values") { pair.b.tensors[1].values.clear(), lost = {"quantized_value_distance"}; }
  SECTION("reach") { pair.a.tensors[1].reach = nothing, lost = {"mask_mismatch_share"}; }
  SECTION("all weights") {
    for (LearnerTrace* learner : {&pair.a, &pair.b})
      for (TensorTrace& tensor : learner->tensors) tensor.initial.clear(), tensor.final.clear();
    lost = of_weights, lost.insert("mask_mismatch_share");
  }
  for (const auto& [name, value] : measure()) {
    CAPTURE(name);
    CHECK(value == (lost.contains(name) ? std::nullopt : before.at(name)));
  }
}

TEST_CASE("a million change points are compared", "[metrics]") {
  constexpr WeightIndex weights = 10'000;
  constexpr Step steps = 100;
  std::vector<Level> initial(weights, 0);
  ChangePointLog log_a(initial), log_b(initial);
  for (Step step = 1; step <= steps; ++step)
    for (WeightIndex weight = 0; weight < weights; ++weight) {
      const auto level = static_cast<Level>(step % 2);
      log_a.append({weight, step, level});
      log_b.append({weight, step + 3, level});
    }
  const std::vector<double> latent(weights, 0.0);
  LearnerTrace a, b;
  a.tensors.push_back({"w", test::equidistant_grid(1, 3), &log_a, latent, latent, 1});
  b.tensors.push_back({"w", test::equidistant_grid(1, 3), &log_b, latent, latent, 1});
  const Comparison comparison(a, b, identity);
  const SequenceTotals& totals = comparison.sequences();
  CHECK(totals.agreeing == weights);
  CHECK(totals.changes_of_agreeing == weights * steps);
  CHECK(totals.step_difference == 3u * weights * steps);
  CHECK(totals.oscillations_a == 49u * weights);  // 101 entries become the 3 of 0 1 0
  CHECK(totals.compressed_step_difference == 6u * weights);
}
