// SPDX-License-Identifier: MIT
#pragma once

#include "records/json_values.hpp"
#include "sim/estimators/estimator.hpp"

namespace steq {

/// The grid on which descriptions show the estimators that go with any.
inline constexpr const char* kShownGrid = "uniform:bits=2,range=1";

/// The one on which they show that estimator: what it needs, if anything.
std::string shown_grid(const PluginInfo& estimator);

/// A quantizer, and an estimator bound to its grid.
struct ShownEstimator {
  std::unique_ptr<Quantizer> quantizer;
  std::unique_ptr<Estimator> estimator;
};
ShownEstimator shown(const Spec& estimator, const Spec& quantizer);
/// The same with its defaults, or examples of what has none.
ShownEstimator shown(const EstimatorRegistry::Entry& entry, const Spec& quantizer);

/// Every quantizer whose grid stands and has even bins, as its example, and those with bits also with few and many;
/// or the one that the estimator needs.
std::vector<Spec> grids_to_try(const PluginInfo& estimator);

/// What an estimator declares and what follows from it on the grid named in "grid": expression with its symbols, gate,
/// bounds, lipschitz, traits, alpha (null where it does not exist), remarks, warnings (on any of the grids given), and a
/// graph over one bin: arrays u (distance from the threshold in units of delta), q (where more than the weight decides its
/// mean, with an array for each of its curves besides), surrogate and map (both in units of delta from the threshold; map
/// null without alpha).
Json estimator_details(const Spec& estimator, const Spec& quantizer, const std::vector<Spec>& grids_of_warnings);
/// The same as pages show it.
Json estimator_details(const EstimatorRegistry::Entry& entry);

}  // namespace steq
