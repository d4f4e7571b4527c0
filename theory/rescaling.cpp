// SPDX-License-Identifier: MIT
#include "theory/rescaling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theory/quadrature.hpp"

namespace steq {
namespace {

double middle_threshold(const Grid& grid) { return grid.thresholds[grid.thresholds.size() / 2]; }

double quadrature_of(const Estimator& estimator, double u) {
  const Grid& grid = estimator.grid();
  const double center = middle_threshold(grid);
  const auto reciprocal = [&](double v) { return 1 / estimator.unmasked_derivative(center + v * grid.delta); };
  return integrate(reciprocal, 0, u, estimator.kinks());
}

/// F(u), u in [0, 1/2]. An estimator that is not periodic will need one such integral for each bin.
double reciprocal_integral(const Estimator& estimator, Route route, double u) {
  if (route == Route::closed_form)
    if (const auto value = estimator.reciprocal_integral(u)) return *value;
  return quadrature_of(estimator, u);
}

/// The threshold of the period that w lies in; a period runs from level to level.
double nearest_threshold(const Grid& grid, double w) {
  const double last = static_cast<double>(grid.thresholds.size()) - 1;
  double period = std::floor((w + grid.range) / grid.delta);
  if (std::abs(w) <= grid.range) period = std::clamp(period, 0.0, last);
  if (period >= 0 && period <= last) return grid.thresholds[static_cast<std::size_t>(period)];
  return (period + 0.5) * grid.delta - grid.range;
}

/// w with its distance from the threshold, in units of delta and at most 1/2, replaced by `offset` of it.
template <class Offset>
double move(const Grid& grid, double w, const Offset& offset) {
  if (!std::isfinite(w)) return w;
  const double threshold = nearest_threshold(grid, w);
  const double u = (w - threshold) / grid.delta;
  const double moved = threshold + std::copysign(offset(std::min(std::abs(u), 0.5)), u) * grid.delta;
  // Rounding must not carry a weight across the end of the range, where gradients are masked.
  return std::abs(w) <= grid.range ? std::clamp(moved, -grid.range, grid.range) : moved;
}

}  // namespace

std::vector<std::string> rescaling_obstacles(const Estimator& estimator, Route route) {
  const EstimatorTraits traits = estimator.traits();
  std::vector<std::string> obstacles;
  if (!traits.positive) obstacles.push_back("q is not positive, or underflows to 0");
  if (traits.sign_dependent) obstacles.push_back("q depends on the gradient's sign");
  if (traits.noisy) obstacles.push_back("q is drawn at random");
  if (!traits.periodic) obstacles.push_back("q has not the same shape in every bin");
  if (!(estimator.grid().delta > 0)) obstacles.push_back("the levels are not equidistant");
  if (obstacles.empty() && !std::isfinite(reciprocal_integral(estimator, route, 0.5)))
    obstacles.push_back("the integral of 1/q over a bin diverges or is too large for double precision");
  return obstacles;
}

std::optional<Rescaling> rescaling_of(const Estimator& estimator, Route route) {
  if (!rescaling_obstacles(estimator, route).empty()) return std::nullopt;
  return Rescaling(estimator, route);
}

Rescaling::Rescaling(const Estimator& estimator, Route route) : estimator_(&estimator), route_(route) {
  const std::vector<std::string> obstacles = rescaling_obstacles(estimator, route);
  if (!obstacles.empty()) throw DomainError("no rescaling: " + fmt::format("{}", fmt::join(obstacles, "; ")));
  alpha_ = 0.5 / integral(0.5);
}

double Rescaling::integral(double u) const { return reciprocal_integral(*estimator_, route_, u); }

double Rescaling::mapped_offset(double u) const { return u < 0.5 ? std::min(alpha_ * integral(u), 0.5) : 0.5; }

double Rescaling::inverse_offset(double v) const {
  if (v >= 0.5) return 0.5;
  if (route_ == Route::closed_form)
    if (const auto u = estimator_->reciprocal_integral_inverse(v / alpha_)) return std::min(*u, 0.5);
  return find_root([&](double u) { return mapped_offset(u); }, v, 0, 0.5);
}

double Rescaling::map(double w) const {
  return move(estimator_->grid(), w, [&](double u) { return mapped_offset(u); });
}

double Rescaling::inverse(double m) const {
  return move(estimator_->grid(), m, [&](double v) { return inverse_offset(v); });
}

}  // namespace steq
