// SPDX-License-Identifier: MIT
#pragma once

#include <limits>

#include "plots/figures/estimator_figure.hpp"
#include "sim/estimators/estimator.hpp"

namespace steq {

/// What the figure of an estimator shows, from a little below -W to a little above W, but no more than `periods` times
/// delta to either side of 0. One curve of q where w alone
/// decides; else one for each sign of the gradient, for the mean and the ends of the random range, or for some
/// magnitudes of the layer's weights.
EstimatorGraph estimator_graph(const Estimator& estimator, const Quantizer& quantizer,
                               double periods = std::numeric_limits<double>::infinity());

}  // namespace steq
