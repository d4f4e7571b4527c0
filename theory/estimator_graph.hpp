// SPDX-License-Identifier: MIT
#pragma once

#include "sim/estimators/estimator.hpp"
#include "sim/estimators/estimator_graph.hpp"

namespace steq {

/// How much of the weights' axis is sampled, and how densely.
struct GraphAxis {
  double periods = kInfinity;  ///< at most so many delta to either side of 0
  int steps = 360;
};

/// q, the two staircases and M, from a little below -W to a little above W. One curve of q where w alone decides; else one
/// for each sign of the gradient, for the mean and the ends of the random range, or for some magnitudes of the layer's
/// weights.
EstimatorGraph estimator_graph(const Estimator& estimator, const Quantizer& quantizer, const GraphAxis& axis = {});

}  // namespace steq
