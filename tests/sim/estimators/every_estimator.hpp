// SPDX-License-Identifier: MIT
// Every registered estimator on every grid, and what tests of them all ask for.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

namespace steq::test {

constexpr double kInf = kInfinity;

template <class Body>
void for_all(const Body& body) {
  for (const std::string& grid : grid_specs())
    for (const std::string& spec : estimator_specs()) {
      INFO(spec << " on " << grid);
      if constexpr (requires { body(*estimator(spec, grid), spec); })
        body(*estimator(spec, grid), spec);
      else
        body(*estimator(spec, grid));
    }
}

inline bool clips(const Estimator& estimator) { return std::isfinite(estimator.reach()); }

/// A size of q where it is not bounded.
inline double height(const Estimator& estimator) {
  const double upper = estimator.bounds().upper;
  return std::isfinite(upper) ? upper : 1;
}

/// A length over which q changes little, away from kinks.
inline double scale(const Estimator& estimator) {
  const double delta = estimator.grid().delta, lipschitz = estimator.bounds().lipschitz;
  if (!std::isfinite(lipschitz)) return 0.1 * delta;
  return lipschitz > 0 ? std::min(delta, height(estimator) / lipschitz) : delta;
}

/// More than w decides what multiplies the gradient.
inline bool modulated(const Estimator& estimator) {
  const EstimatorTraits traits = estimator.traits();
  return traits.noisy || traits.sign_dependent || traits.layer_wide;
}

inline std::vector<double> inside(const Grid& grid, int n) {
  std::vector<double> w;
  for (int i = 0; i < n; ++i) w.push_back(scattered(i, -0.999 * grid.range, 0.999 * grid.range));
  return w;
}

/// q(w) by the float path.
inline std::vector<float> float_q(const Estimator& estimator, const std::vector<float>& w) {
  std::vector<float> q(w.size(), 1);
  estimator.backward(std::span<const float>(w), std::span<float>(q), BlockPlace{});
  return q;
}

}  // namespace steq::test
