// SPDX-License-Identifier: MIT
#include "plots/statistics/paired_difference.hpp"

#include <algorithm>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "plots/statistics/significance.hpp"
#include "plots/statistics/spread.hpp"
#include "sim/core/sums.hpp"

namespace steq {
namespace {

constexpr double kPower = 0.8, kUpperTail = kSignificance / 2;
constexpr std::size_t kFewestForSigns = 6;  // 2 / 2^6 < kSignificance
constexpr double kRounding = 1e-12;         // what a difference may be off, relative to the values

double student_quantile(std::size_t seeds) {
  const boost::math::students_t distribution(static_cast<double>(seeds - 1));
  return boost::math::quantile(boost::math::complement(distribution, kUpperTail));
}

double power(double effect, std::size_t seeds) {
  const auto n = static_cast<double>(seeds);
  const boost::math::non_central_t distribution(n - 1, effect * std::sqrt(n));
  return boost::math::cdf(boost::math::complement(distribution, student_quantile(seeds)));
}

/// One difference a seed; what rounding alone makes is 0.
std::vector<double> differences_of(const std::vector<double>& first, const std::vector<double>& second) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    const double d = first[i] - second[i], scale = std::max(std::abs(first[i]), std::abs(second[i]));
    differences.push_back(std::abs(d) <= kRounding * scale ? 0 : d);
  }
  return differences;
}

/// 0 where all are the same but for rounding. There are at least two.
double deviation_of(const std::vector<double>& differences, double mean) {
  const auto [low, high] = std::ranges::minmax(differences);
  if (high - low <= kRounding * std::max(std::abs(low), std::abs(high))) return 0;
  const auto square = [&](std::size_t i) { return std::pow(differences[i] - mean, 2); };
  return std::sqrt(pairwise_sum(0, differences.size(), square) / static_cast<double>(differences.size() - 1));
}

/// By the t-test; true where it tells the learners apart.
bool test_by_spread(PairedDifference& paired, double deviation) {
  const double margin = student_quantile(paired.seeds) * deviation / std::sqrt(static_cast<double>(paired.seeds));
  paired.low = paired.mean - margin;
  paired.high = paired.mean + margin;
  if (std::abs(paired.mean) > margin) return true;
  paired.seeds_needed = seeds_to_tell_apart(paired.mean, deviation);
  return false;
}

/// Where all differences are the same and not 0: by the sign test, which knows no interval.
bool test_by_signs(PairedDifference& paired) {
  if (paired.seeds >= kFewestForSigns) return true;
  paired.seeds_needed = kFewestForSigns;
  return false;
}

}  // namespace

std::optional<std::size_t> seeds_to_tell_apart(double mean, double deviation) {
  const double effect = std::abs(mean) / deviation;
  if (!(effect > 0) || !std::isfinite(effect) || power(effect, kMostSeeds) < kPower) return std::nullopt;
  std::size_t few = 1, enough = 2;
  while (power(effect, enough) < kPower) few = std::exchange(enough, std::min(2 * enough, kMostSeeds));
  while (enough - few > 1) {
    const std::size_t middle = few + (enough - few) / 2;
    (power(effect, middle) < kPower ? few : enough) = middle;
  }
  return enough;
}

std::optional<PairedDifference> paired_difference(const std::vector<double>& first, const std::vector<double>& second,
                                                  Better better) {
  const std::vector<double> differences = differences_of(first, second);
  if (differences.empty()) return std::nullopt;
  const double side = better == Better::larger ? 1 : -1;
  PairedDifference paired{.seeds = differences.size(),
                          .median = spread_of(differences)->median,
                          .mean = pairwise_sum(differences) / static_cast<double>(differences.size())};
  paired.first_better =
      static_cast<std::size_t>(std::ranges::count_if(differences, [&](double d) { return side * d > 0; }));
  if (paired.seeds < 2) return paired;
  const double deviation = deviation_of(differences, paired.mean);
  if (deviation == 0 && paired.mean == 0) return paired.low = paired.high = 0, paired;
  if (deviation > 0 ? test_by_spread(paired, deviation) : test_by_signs(paired))
    paired.outcome = side * paired.mean > 0 ? Outcome::better : Outcome::worse;
  return paired;
}

}  // namespace steq
