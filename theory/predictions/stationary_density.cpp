// SPDX-License-Identifier: MIT
// Where weights stay when noise has driven them for long: more often where q is small.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

constexpr std::size_t kCells = 16;

/// The cell, from threshold to level, that w lies in.
std::size_t cell_of(const Grid& grid, double w) {
  const double position = (w + grid.range) / grid.delta, u = std::abs(position - std::floor(position) - 0.5);
  return std::min(static_cast<std::size_t>(2 * u * kCells), kCells - 1);
}

/// Mean of 1 / q^2 over a cell, by the midpoint rule.
double weight_of(const ScalarTwin& run, std::size_t cell) {
  constexpr int kPoints = 64;
  const Grid& grid = run.estimator().grid();
  double sum = 0;
  for (int k = 0; k < kPoints; ++k) {
    const double u = (static_cast<double>(cell) + (k + 0.5) / kPoints) / (2.0 * kCells);
    sum += 1 / std::pow(run.estimator().unmasked_derivative(grid.thresholds.front() + u * grid.delta), 2);
  }
  return sum / kPoints;
}

Profile predict_stationary_density(const Parameters&, const ScalarTwin& run) {
  Profile profile{"distance from the threshold, bins", "density over the uniform one", {}, {}, {}, {}};
  profile.measured.resize(kCells);
  const double share = static_cast<double>(kCells) / static_cast<double>(run.end().size());
  for (const double w : run.end()) profile.measured[cell_of(run.estimator().grid(), w)] += share;
  for (std::size_t c = 0; c < kCells; ++c) {
    profile.at.push_back((static_cast<double>(c) + 0.5) / (2.0 * kCells));
    profile.predicted.push_back(weight_of(run, c));
  }
  const double mean = std::accumulate(profile.predicted.begin(), profile.predicted.end(), 0.0) / kCells;
  for (double& density : profile.predicted) density /= mean;
  profile.scale.assign(kCells, 1);
  return profile;
}

}  // namespace

PredictionRegistry::Entry stationary_density() {
  return {{.name = "stationary-density",
           .summary = "Noise of zero mean, for long and without momentum: the density of weights within a bin.",
           .formula = "density proportional to 1 / q^2",
           .citation = "derived in the setting of Schoenbauer et al., arXiv:2405.05171",
           .parameters = {}},
          predict_stationary_density};
}

}  // namespace steq::predictions
