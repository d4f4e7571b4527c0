// SPDX-License-Identifier: MIT
#pragma once

#include "records/json_values.hpp"
#include "sim/estimators/estimator.hpp"

namespace steq {

/// The grid that descriptions of estimators show.
inline constexpr const char* kShownGrid = "uniform:bits=2,range=1";

/// A quantizer, and an estimator bound to its grid; the estimator has its defaults, or examples of what has none.
struct ShownEstimator {
  std::unique_ptr<Quantizer> quantizer;
  std::unique_ptr<Estimator> estimator;
};
ShownEstimator shown(const EstimatorRegistry::Entry& entry, const Spec& quantizer);

/// Every quantizer as its example, and those with bits also with few and many.
std::vector<Spec> grids_to_try();

/// What an estimator declares and what follows from it, for its default parameters on the grid named in "grid": bounds,
/// lipschitz, traits, alpha (null where it does not exist), remarks, warnings (on any of grids_to_try()), and a graph
/// over one bin: arrays u (distance from the threshold in units of delta), q (where more than the weight decides its
/// mean, with an array for each of its curves besides), surrogate and map (both in units of delta from the threshold; map
/// null without alpha).
Json estimator_details(const EstimatorRegistry::Entry& entry);

}  // namespace steq
