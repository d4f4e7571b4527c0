// SPDX-License-Identifier: MIT
#include "experiments/diff/metric_diff.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "sim/metrics/registry.hpp"
#include "tests/sim/metrics/random_pair.hpp"

using namespace steq;

namespace {

Control control(PairKind kind, double agreement) {
  return {.run = "A", .a = "a", .b = "b", .kind = kind, .metrics = {{"x_agreement", agreement}}, .diverged = false};
}

MetricDiff agreement(std::optional<double> value, std::optional<double> rounding, std::optional<double> jitter,
                     std::optional<double> one_ulp = {}) {
  return {
      .name = "x_agreement", .value = value, .perfect = 1, .rounding = rounding, .one_ulp = one_ulp, .jitter = jitter};
}

}  // namespace

TEST_CASE("a metric's perfect value is what it is for a learner and itself") {
  const test::RandomPair pair(3, 10);
  const Comparison itself(pair.a, pair.a, [](const Grid&, double w) { return w; });
  std::set<std::string> without;
  for (const auto& entry : metric_registry().entries()) {
    CAPTURE(entry.info.name);
    const auto perfect = perfect_value(entry.info.name);
    if (!perfect) without.insert(entry.info.name);
    if (perfect) CHECK(entry.make(itself).value() == Approx(*perfect).margin(1e-12));
  }
  for (const char* name : {"changed_weight_share", "total_oscillations_a", "total_oscillations_b"})
    CHECK(without.contains(name));
  CHECK(without.size() < metric_registry().entries().size() / 2);
}

TEST_CASE("a metric is beyond the floor where it is farther from perfect than the jitter control") {
  const auto check = [](const MetricDiff& metric, const char* verdict, std::optional<bool> beyond) {
    CHECK(metric.verdict() == verdict);
    CHECK(metric.beyond_floor() == beyond);
  };
  check(agreement(1, 0.99, 0.9), "equal", false);
  check(agreement(1 - 1e-15, 1, 1), "equal", false);
  check(agreement(0.995, 0.99, 0.9), "below the rounding floor", false);
  check(agreement(0.95, 0.99, 0.9), "below jitter", false);
  check(agreement(0.9, 0.99, 0.9), "below jitter", false);
  check(agreement(0.89, 0.99, 0.9), "above jitter", true);
  check(agreement(0.95, 0.99, {}), "no control", {});
  check(agreement(0.995, 0.99, {}), "below the rounding floor", false);
  check(agreement(0.95, {}, {}), "no control", {});
  check(agreement({}, 0.99, 0.9), "undefined", {});
  check(agreement(0.995, {}, 0.9, 0.99), "below jitter", false);  // the start one ulp off is no rounding floor
  check(agreement(0.85, {}, 0.9, 0.8), "below one-ulp", false);
  check(agreement(0.85, {}, {}, 0.8), "below one-ulp", false);
  check(agreement(0.7, {}, {}, 0.8), "no control", {});
  check({.name = "x_error", .value = 0.2, .perfect = 0, .rounding = {}, .one_ulp = {}, .jitter = 0.1}, "above jitter",
        true);
  check({.name = "x_count", .value = 5, .perfect = {}, .rounding = {}, .one_ulp = {}, .jitter = {}}, "", {});
  check(agreement(std::numeric_limits<double>::quiet_NaN(), 0.99, 0.9), "above jitter", true);
}

TEST_CASE("of several controls of a kind the farthest counts") {
  std::vector<Control> controls{control(PairKind::jitter, 0.98), control(PairKind::jitter, 0.95),
                                control(PairKind::one_ulp, 0.5)};
  CHECK(farthest(controls, PairKind::jitter, "x_agreement", 1) == 0.95);
  CHECK(farthest(controls, PairKind::one_ulp, "x_agreement", 1) == 0.5);
  CHECK_FALSE(farthest(controls, PairKind::identical, "x_agreement", 1));
  CHECK_FALSE(farthest(controls, PairKind::jitter, "y_agreement", 1));
  controls[1].metrics["x_agreement"] = nullptr;
  CHECK(farthest(controls, PairKind::jitter, "x_agreement", 1) == 0.98);
}
