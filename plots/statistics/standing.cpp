// SPDX-License-Identifier: MIT
#include "plots/statistics/standing.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "plots/statistics/paired_difference.hpp"
#include "plots/statistics/significance.hpp"
#include "plots/statistics/spread.hpp"

namespace steq {
namespace {

Standing by_seeds(std::vector<double> values, std::vector<double> control) {
  const auto positive = [](double value) { return value > 0; };
  if (std::ranges::all_of(values, positive) && std::ranges::all_of(control, positive))
    for (std::vector<double>* all : {&values, &control})
      for (double& value : *all) value = std::log(value);
  const Outcome outcome = paired_difference(values, control, Better::larger)->outcome;
  if (outcome == Outcome::not_told_apart) return Standing::alike;
  return outcome == Outcome::better ? Standing::above : Standing::below;
}

std::uint64_t count_of(double share, std::uint64_t weights) {
  return static_cast<std::uint64_t>(std::llround(std::clamp(share, 0.0, 1.0) * static_cast<double>(weights)));
}

}  // namespace

double MeasuredDivergence::median() const { return spread_of(values)->median; }

Standing standing(const MeasuredDivergence& divergence, const MeasuredDivergence& control) {
  if (divergence.values.size() > 1 && divergence.values.size() == control.values.size())
    return by_seeds(divergence.values, control.values);
  const double a = divergence.median(), b = control.median();
  if (std::abs(a - b) <= kDeadBand * std::max(a, b)) return Standing::alike;
  if (divergence.weights && control.weights &&
      probability_of_counts(count_of(a, *divergence.weights), count_of(b, *control.weights)) >= kSignificance)
    return Standing::alike;
  return a < b ? Standing::below : Standing::above;
}

double probability_of_counts(std::uint64_t a, std::uint64_t b) {
  if (a + b == 0) return 1;
  const boost::math::binomial distribution(static_cast<double>(a + b), 0.5);
  return std::min(1.0, 2 * boost::math::cdf(distribution, static_cast<double>(std::min(a, b))));
}

int digits_of_count(double count) {
  return count > 0 ? std::clamp(1 + static_cast<int>(std::floor(std::log10(count) / 2)), 1, 3) : 1;
}

}  // namespace steq
