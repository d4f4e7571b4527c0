// SPDX-License-Identifier: MIT
#include "theory/finite_bins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theory/quadrature.hpp"

namespace steq {
namespace {

constexpr double kNearMean = 0.1;  ///< relative spread of harmonic means that is still near the class

double integral_inside(const Estimator& estimator, Route route, double from, double to) {
  if (route == Route::closed_form)
    if (const auto low = estimator.reciprocal_rise(from), high = estimator.reciprocal_rise(to); low && high)
      return *high - *low;
  return integrate([&](double w) { return 1 / estimator.unmasked_derivative(w); }, from, to, estimator.kinks());
}

double harmonic_mean(const Estimator& estimator, Route route, double from, double to) {
  return (to - from) / reciprocal_between(estimator, route, from, to);
}

}  // namespace

double reciprocal_between(const Estimator& estimator, Route route, double from, double to) {
  const double reach = estimator.reach();
  if (!std::isfinite(reach)) return integral_inside(estimator, route, from, to);
  const double end = std::max(reach, estimator.grid().range);
  const double low = std::clamp(from, -end, end), high = std::clamp(to, -end, end);
  const double outside = (to - high) + (low - from);
  const double inside = integral_inside(estimator, route, low, high);
  return outside == 0 ? inside : inside + outside / estimator.unmasked_derivative(end);
}

std::vector<double> harmonic_means(const Estimator& estimator, Route route) {
  const Grid& grid = estimator.grid();
  if (grid.thresholds.size() == 1) return {harmonic_mean(estimator, route, -grid.range, grid.range)};
  std::vector<double> means;
  for (std::size_t j = 1; j < grid.thresholds.size(); ++j)
    means.push_back(harmonic_mean(estimator, route, grid.thresholds[j - 1], grid.thresholds[j]));
  return means;
}

std::string uneven_means(const std::vector<double>& means) {
  const auto [least, most] = std::minmax_element(means.begin(), means.end());
  if (*most - *least <= kSameMean * *most) return "";
  const char* verdict = *most - *least <= kNearMean * *most ? "only approximately in the class" : "not in the class";
  return fmt::format("{}: alpha differs from bin to bin, {:.6g} to {:.6g} over the finite bins", verdict, *least,
                     *most);
}

}  // namespace steq
