// SPDX-License-Identifier: MIT
#include "theory/rescaling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theory/quadrature.hpp"
#include "theory/reasons.hpp"

namespace steq {
namespace {

constexpr double kFixedEnds = 1e-12;           ///< by how much +-W may move, in units of W, and still count as fixed
constexpr double kLastOffset = 0.5 - 0x1p-54;  ///< the double before 1/2
constexpr const char* kDivergent = "the integral of 1/q over a bin diverges or is too large for double precision";

double middle_threshold(const Grid& grid) { return grid.thresholds[grid.thresholds.size() / 2]; }

/// Over v = u s^3, s from 0 to 1, which smooths a root of v at the threshold.
double quadrature_of(const Estimator& estimator, double u) {
  const Grid& grid = estimator.grid();
  const double center = middle_threshold(grid);
  const auto reciprocal = [&](double s) {
    return 3 * u * s * s / estimator.unmasked_derivative(center + u * s * s * s * grid.delta);
  };
  std::vector<double> kinks = estimator.kinks();
  for (double& kink : kinks) kink = std::cbrt(kink / u);
  return u > 0 ? integrate(reciprocal, 0, 1, kinks) : 0;
}

/// F(u) of a periodic estimator, u in [0, 1/2].
double reciprocal_integral(const Estimator& estimator, Route route, double u) {
  if (route == Route::closed_form)
    if (const auto value = estimator.reciprocal_integral(u)) return *value;
  return quadrature_of(estimator, u);
}

/// One threshold, and q vanishes at the ends of the range so that 1/q is not integrable: no finite bin needs it to be.
bool open_ended(const Estimator& estimator, Route route) {
  return estimator.grid().thresholds.size() == 1 && estimator.bounds().lower == 0 &&
         !std::isfinite(reciprocal_integral(estimator, route, 0.5)) &&
         std::isfinite(reciprocal_integral(estimator, route, 0.25));
}

std::vector<std::string> periodic_obstacles(const Estimator& estimator, Route route) {
  if (!(estimator.grid().delta > 0)) return {"the levels are not equidistant"};
  if (std::isfinite(reciprocal_integral(estimator, route, 0.5)) || open_ended(estimator, route)) return {};
  return {kDivergent};
}

std::vector<std::string> outward_obstacles(const Estimator& estimator, Route route) {
  const std::vector<double> means = harmonic_means(estimator, route);
  if (!(*std::min_element(means.begin(), means.end()) > 0)) return {kDivergent};
  const std::string uneven = uneven_means(means);
  return uneven.empty() ? std::vector<std::string>{} : std::vector{uneven};
}

/// The threshold of the period that w lies in; a period runs from level to level.
double nearest_threshold(const Grid& grid, double w) {
  const double last = static_cast<double>(grid.thresholds.size()) - 1;
  double period = std::floor((w + grid.range) / grid.delta);
  if (std::abs(w) <= grid.range) period = std::clamp(period, 0.0, last);
  if (period >= 0 && period <= last) return grid.thresholds[static_cast<std::size_t>(period)];
  return (period + 0.5) * grid.delta - grid.range;
}

/// The last threshold at or below w, or the first of all.
std::size_t threshold_below(const Grid& grid, double w) {
  const auto above = std::upper_bound(grid.thresholds.begin(), grid.thresholds.end(), w);
  return static_cast<std::size_t>(std::max(above - grid.thresholds.begin() - 1, std::ptrdiff_t{0}));
}

}  // namespace

std::vector<std::string> rescaling_obstacles(const Estimator& estimator, Route route) {
  const EstimatorTraits traits = estimator.traits();
  std::vector<std::string> obstacles = influences_beside_the_weight(traits);
  if (!traits.positive) obstacles.insert(obstacles.begin(), "q is not positive, or underflows to 0");
  if (!obstacles.empty()) return obstacles;
  return traits.periodic ? periodic_obstacles(estimator, route) : outward_obstacles(estimator, route);
}

std::optional<Rescaling> rescaling_of(const Estimator& estimator, Route route) {
  if (!rescaling_obstacles(estimator, route).empty()) return std::nullopt;
  return Rescaling(estimator, route);
}

Rescaling::Rescaling(const Estimator& estimator, Route route)
    : estimator_(&estimator), route_(route), periodic_(estimator.traits().periodic) {
  const std::vector<std::string> obstacles = rescaling_obstacles(estimator, route);
  if (!obstacles.empty()) throw DomainError("no rescaling: " + fmt::format("{}", fmt::join(obstacles, "; ")));
  open_ = periodic_ && open_ended(estimator, route);
  if (open_)
    alpha_ = estimator.unmasked_derivative(middle_threshold(estimator.grid()));
  else
    alpha_ = periodic_ ? 0.5 / integral(0.5) : harmonic_means(estimator, route).front();
  keeps_range_ = !open_ && (periodic_ || fixes_range_ends());
}

bool Rescaling::fixes_range_ends() const {
  const double range = estimator_->grid().range;
  return std::abs(map_outward(range) - range) <= kFixedEnds * range &&
         std::abs(map_outward(-range) + range) <= kFixedEnds * range;
}

double Rescaling::integral(double u) const { return reciprocal_integral(*estimator_, route_, u); }

double Rescaling::mapped_offset(double u) const {
  if (!open_) return u < 0.5 ? std::min(alpha_ * integral(u), 0.5) : 0.5;
  // M has a pole at 1/2; from the last double before it, M goes on with slope 1.
  return alpha_ * integral(std::min(u, kLastOffset)) + std::max(u - kLastOffset, 0.0);
}

double Rescaling::inverse_offset(double v) const {
  const double end = open_ ? alpha_ * integral(kLastOffset) : 0.5;
  if (v >= end) return open_ ? kLastOffset + (v - end) : 0.5;
  if (route_ == Route::closed_form)
    if (const auto u = estimator_->reciprocal_integral_inverse(v / alpha_)) return std::min(*u, 0.5);
  return find_root([&](double u) { return mapped_offset(u); }, v, 0, 0.5);
}

/// w with its distance from the threshold, in units of delta, replaced by `offset` of it.
template <class Offset>
double Rescaling::move(double w, const Offset& offset) const {
  const Grid& grid = estimator_->grid();
  const double threshold = open_ ? grid.thresholds.front() : nearest_threshold(grid, w);
  const double u = (w - threshold) / grid.delta, distance = open_ ? std::abs(u) : std::min(std::abs(u), 0.5);
  const double moved = threshold + std::copysign(offset(distance), u) * grid.delta;
  // Rounding must not carry a weight across the end of the range, where gradients are masked.
  return keeps_range_ && std::abs(w) <= grid.range ? std::clamp(moved, -grid.range, grid.range) : moved;
}

/// From the next threshold below, and from the first one down.
double Rescaling::map_outward(double w) const {
  const Grid& grid = estimator_->grid();
  const std::size_t j = threshold_below(grid, w);
  const double from = grid.thresholds[j];
  const double way = alpha_ * reciprocal_between(*estimator_, route_, std::min(from, w), std::max(from, w));
  double moved = w < from ? from - way : from + way;
  // Rounding must not carry a weight across the next threshold, nor across the end of the range where M fixes that.
  if (w >= from && j + 1 < grid.thresholds.size())
    moved = std::min(moved, std::nextafter(grid.thresholds[j + 1], from));
  return keeps_range_ && std::abs(w) <= grid.range ? std::clamp(moved, -grid.range, grid.range) : moved;
}

double Rescaling::inverse_outward(double m) const {
  const Grid& grid = estimator_->grid();
  const std::size_t j = threshold_below(grid, m);
  double low = grid.thresholds[j], high = low;
  if (m == low) return low;
  if (m < low)
    for (double step = grid.delta; map_outward(low) > m; step *= 2) low -= step;
  else if (j + 1 < grid.thresholds.size())
    high = grid.thresholds[j + 1];
  else
    for (double step = grid.delta; map_outward(high) < m; step *= 2) high += step;
  return find_root([&](double w) { return map_outward(w); }, m, low, high);
}

double Rescaling::map(double w) const {
  if (!std::isfinite(w)) return w;
  if (!periodic_) return map_outward(w);
  return move(w, [&](double u) { return mapped_offset(u); });
}

double Rescaling::inverse(double m) const {
  if (!std::isfinite(m)) return m;
  if (!periodic_) return inverse_outward(m);
  return move(m, [&](double v) { return inverse_offset(v); });
}

}  // namespace steq
