// SPDX-License-Identifier: MIT
// Frequencies, totals, curves and dwell times against a walk over every step of every weight.
#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "sim/metrics/dwell_times.hpp"
#include "sim/metrics/oscillation_curve.hpp"
#include "sim/metrics/oscillation_totals.hpp"
#include "tests/sim/metrics/random_pair.hpp"

using namespace steq;
using test::Dense;

namespace {

/// The trackers of one tensor, updated at every step as the definition says.
struct Walk {
  std::vector<double> f;
  std::vector<std::uint32_t> reversals;
  OscillationCurve curve;
  DwellTimes dwells;
  int largest_jump = 0;

  Walk(const Dense& levels, const OscillationSettings& settings)
      : f(levels[0].size()), reversals(f.size()), direction_(f.size()), since_(f.size()) {
    for (std::size_t t = 0; t < levels.size(); ++t) {
      for (auto* series : {&curve.flips, &curve.reversals, &curve.oscillating}) series->push_back(0);
      for (auto* lengths : {&dwells.complete, &dwells.first, &dwells.open}) lengths->resize(levels.size());
      double sum = 0;
      for (std::size_t i = 0; i < f.size(); ++i) {
        if (t > 0) update(i, t, levels[t][i] - levels[t - 1][i], settings.momentum);
        curve.oscillating.back() += f[i] > settings.threshold;
        sum += f[i];
      }
      curve.frequency_sum.push_back(sum);
    }
    for (std::size_t i = 0; i < f.size(); ++i)
      ++(direction_[i] == 0 ? dwells.unchanged : dwells.open[levels.size() - 1 - since_[i]]);
  }

 private:
  void update(std::size_t i, std::size_t t, int jump, double momentum) {
    const bool oscillates = jump * direction_[i] < 0;
    f[i] = momentum * oscillates + (1 - momentum) * f[i];
    reversals[i] += oscillates;
    curve.reversals.back() += oscillates;
    if (jump == 0) return;
    curve.flips.back() += 1;
    largest_jump = std::max(largest_jump, std::abs(jump));
    ++(direction_[i] == 0 ? dwells.first : dwells.complete)[t - since_[i]];
    direction_[i] = jump > 0 ? 1 : -1;
    since_[i] = t;
  }

  std::vector<int> direction_;
  std::vector<std::size_t> since_;
};

std::vector<Dense> random_tensors() {
  std::vector<Dense> all;
  for (unsigned seed = 0; seed < 40; ++seed)
    for (const Dense& levels : test::RandomPair(seed, 8).levels_a) all.push_back(levels);
  return all;
}

const std::vector<OscillationSettings> kSettings{{0.01, 0.005}, {0.1, 0.05}, {0.3, 0.2}, {0.001, 0.0015}, {1, 0.5}};
constexpr Step kSteps = test::RandomPair::kSteps;

bool near(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return std::abs(x - y) <= 1e-12; });
}

}  // namespace

TEST_CASE("frequencies and counts are those of a walk over every step", "[metrics][oscillation]") {
  std::uint64_t oscillating = 0;
  for (const Dense& levels : random_tensors())
    for (const OscillationSettings& settings : kSettings) {
      const Walk walk(levels, settings);
      const ChangePointLog log = test::log_of(levels);
      REQUIRE(near(oscillation_frequencies(log, settings.momentum, kSteps), walk.f));
      REQUIRE(reversal_counts(log) == walk.reversals);
      const OscillationTotals totals = oscillation_totals(log, settings, kSteps);
      REQUIRE(totals.changes == log.size());
      REQUIRE(totals.reversals == dwell_count(walk.curve.reversals));
      REQUIRE(totals.largest_jump == walk.largest_jump);
      REQUIRE(totals.oscillating == walk.curve.oscillating.back());
      REQUIRE(totals.mean_frequency() == Approx(walk.curve.frequency_sum.back() / double(levels[0].size())).margin(0));
      REQUIRE(totals.flip_ratio() == Approx(double(log.size()) / double(levels[0].size()) / kSteps));
      oscillating += totals.oscillating;
    }
  CHECK(oscillating > 100);
}

TEST_CASE("curves are those of a walk over every step", "[metrics][oscillation]") {
  for (const Dense& levels : random_tensors())
    for (const OscillationSettings& settings : kSettings) {
      const Walk walk(levels, settings);
      const OscillationCurve curve = oscillation_curve(test::log_of(levels), settings, kSteps);
      REQUIRE(curve.flips == walk.curve.flips);
      REQUIRE(curve.reversals == walk.curve.reversals);
      REQUIRE(curve.oscillating == walk.curve.oscillating);
      REQUIRE(near(curve.frequency_sum, walk.curve.frequency_sum));
    }
}

TEST_CASE("dwell times are those of a walk over every step", "[metrics][oscillation]") {
  for (const Dense& levels : random_tensors()) {
    const Walk walk(levels, {});
    const ChangePointLog log = test::log_of(levels);
    const DwellTimes dwells = dwell_times(log, kSteps);
    REQUIRE(dwells.complete == walk.dwells.complete);
    REQUIRE(dwells.first == walk.dwells.first);
    REQUIRE(dwells.open == walk.dwells.open);
    REQUIRE(dwells.unchanged == walk.dwells.unchanged);
    REQUIRE(dwell_count(dwells.first) + dwell_count(dwells.complete) == log.size());
    REQUIRE(dwell_count(dwells.first) + dwells.unchanged == levels[0].size());
  }
}

TEST_CASE("totals and curves of tensors add up", "[metrics][oscillation]") {
  const test::RandomPair pair(3, 8);
  OscillationTotals sum;
  OscillationCurve curve;
  DwellTimes dwells;
  for (const TensorTrace& tensor : pair.a.tensors) {
    sum += oscillation_totals(*tensor.log, {}, kSteps);
    curve += oscillation_curve(*tensor.log, {}, kSteps);
    dwells += dwell_times(*tensor.log, kSteps);
  }
  CHECK(sum.weights == 52);
  CHECK(sum.steps == kSteps);
  CHECK(sum.changes == dwell_count(curve.flips));
  CHECK(sum.reversals == dwell_count(curve.reversals));
  CHECK(sum.frequency_sum == Approx(curve.frequency_sum.back()));
  CHECK(dwell_count(dwells.first) + dwells.unchanged == 52);
}

TEST_CASE("a single oscillation decays as the formula says", "[metrics][oscillation]") {
  ChangePointLog log({0});
  log.append({0, 10, 1});
  log.append({0, 20, 0});
  CHECK(oscillation_frequencies(log, 0.01, 20)[0] == Approx(0.01));
  CHECK(oscillation_frequencies(log, 0.01, 120)[0] == Approx(0.01 * std::pow(0.99, 100)));
  const OscillationCurve curve = oscillation_curve(log, {}, 120);
  CHECK(curve.oscillating[19] == 0);
  CHECK(curve.oscillating[20] == 1);
  CHECK(curve.oscillating[88] == 1);  // 0.99^68 > 1/2 > 0.99^69
  CHECK(curve.oscillating[89] == 0);
}

TEST_CASE("quantiles and bins of dwells", "[metrics][oscillation]") {
  const std::vector<std::uint64_t> lengths{0, 3, 0, 1, 2, 0, 0, 0, 4};
  CHECK(dwell_quantile(lengths, 0.1) == Step{1});
  CHECK(dwell_quantile(lengths, 0.3) == Step{1});
  CHECK(dwell_quantile(lengths, 0.31) == Step{3});
  CHECK(dwell_quantile(lengths, 0.5) == Step{4});
  CHECK(dwell_quantile(lengths, 1) == Step{8});
  CHECK_FALSE(dwell_quantile({0, 0}, 0.5));
  CHECK(dwell_bins(lengths) == std::vector<std::uint64_t>{3, 1, 2, 4});
  CHECK(dwell_bins({}).empty());
}

TEST_CASE("settings out of their range are errors", "[metrics][oscillation]") {
  const ChangePointLog log({0});
  CHECK_THROWS_AS(oscillation_frequencies(log, 0, 1), DomainError);
  CHECK_THROWS_AS(oscillation_totals(log, {1.1, 0.5}, 1), DomainError);
  CHECK_THROWS_AS(oscillation_curve(log, {0.01, 0}, 1), DomainError);
  CHECK(oscillation_totals(ChangePointLog(), {}, 0).flip_ratio() == 0);
}
