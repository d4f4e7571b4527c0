// SPDX-License-Identifier: MIT
// The harmonic means of q bin by bin, for estimators that have not the same shape in every bin. A common mean in all
// finite bins is what an equivalent STE on the same grid needs.
#pragma once

#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"

namespace steq {

/// closed_form: where the estimator declares one, else quadrature. quadrature: always, to check the closed form.
enum class Route { closed_form, quadrature };

/// Relative spread of harmonic means that counts as none.
inline constexpr double kSameMean = 1e-12;

/// Integral of dv / q over [from, to], in weight units. The mask is ignored; beyond the larger of W and a finite reach
/// q goes on as a constant. Infinite where it diverges.
double reciprocal_between(const Estimator& estimator, Route route, double from, double to);

/// Harmonic mean of q over the bins between neighbouring thresholds, ascending, [thresholds - 1]; with one threshold
/// over the whole range, [1]. 0 where the integral of 1/q diverges.
std::vector<double> harmonic_means(const Estimator& estimator, Route route);

/// How far harmonic means are from a common one, in words; empty where they have one.
std::string uneven_means(const std::vector<double>& means);

}  // namespace steq
