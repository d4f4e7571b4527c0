// SPDX-License-Identifier: MIT
#include "theory/shape_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steq {
namespace {

constexpr double kTight = 1e-6;  ///< relative gap up to which a proof counts

struct Sample {
  double w, q;
};

/// Evenly over [-W, W], and ever denser towards 0 and the places where q may jump or have a pole.
std::vector<Sample> samples(const Estimator& estimator) {
  constexpr int kEven = 8192, kHalvings = 40;
  const double range = estimator.grid().range;
  std::vector<double> places{weight_at(estimator, 0), range};
  for (const double kink : estimator.kinks()) places.push_back(weight_at(estimator, kink));
  std::vector<double> weights = places;
  for (int i = 0; i <= kEven; ++i) weights.push_back(range * (2.0 * i / kEven - 1));
  for (const double place : places)
    for (int k = 1; k <= kHalvings; ++k)
      for (const double side : {-1.0, 1.0}) weights.push_back(place + side * std::ldexp(range, -k));
  std::erase_if(weights, [&](double w) { return std::abs(w) > range; });
  std::sort(weights.begin(), weights.end());
  std::vector<Sample> result;
  for (const double w : weights) result.push_back({w, estimator.unmasked_derivative(w)});
  return result;
}

ShapeBound steepest(const std::vector<Sample>& samples) {
  ShapeBound best{0, 0, false, 0};
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const Sample &a = samples[i - 1], &b = samples[i];
    const double slope = std::abs(b.q - a.q) / (b.w - a.w);
    if (b.w > a.w && slope > best.found) best = {slope, std::midpoint(a.w, b.w), false, slope};
  }
  return best;
}

/// What is proved, where the proof is tight; else the more careful of what was declared and what was sampled.
ShapeBound best(const std::optional<ProvedBound>& proof, double declared, ShapeBound sampled, bool from_below) {
  if (proof && std::abs(proof->proved - proof->found) <= kTight * std::abs(proof->proved))
    return {proof->proved, proof->where, true, proof->found};
  sampled.value = from_below ? std::min(declared, sampled.found) : std::max(declared, sampled.found);
  return sampled;
}

}  // namespace

ShapeBounds shape_bounds(const Estimator& estimator) {
  const ProvedBounds proofs = proved_bounds(estimator);
  const EstimatorBounds declared = estimator.bounds();
  const std::vector<Sample> all = samples(estimator);
  const auto [least, most] =
      std::minmax_element(all.begin(), all.end(), [](const Sample& a, const Sample& b) { return a.q < b.q; });
  return {.lower = best(proofs.lower, declared.lower, {least->q, least->w, false, least->q}, true),
          .upper = best(proofs.upper, declared.upper, {most->q, most->w, false, most->q}, false),
          .lipschitz = best(proofs.lipschitz, declared.lipschitz, steepest(all), false),
          .jump = proofs.jump,
          .enclosed = proofs.lower.has_value()};
}

}  // namespace steq
