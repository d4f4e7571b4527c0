// SPDX-License-Identifier: MIT
// Configs of "kind": "predictions": closed forms, each with the simulation that it is held against.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"
#include "theory/predictions/scalar_twin.hpp"

namespace steq {

/// A closed form and the simulation that it is held against.
struct PredictionCase {
  std::string name;
  Spec prediction;
  ScalarRecipe recipe;
  double tolerance = 0;  ///< on the relative deviation of the measured profile
};

struct PredictionExperiment {
  std::string name, description;
  std::uint64_t seed = 1;
  std::vector<PredictionCase> cases;
};

/// Checks the whole document; one InputError with every problem, as read_config() throws.
PredictionExperiment read_predictions(const Json& document, const std::string& file);

/// With every default filled in: reading it again gives the same.
Json resolved(const PredictionExperiment& experiment);

}  // namespace steq
