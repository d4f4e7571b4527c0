// SPDX-License-Identifier: MIT
// Configs of "kind": "orders": recipes, with or without a network, at a ladder of learning rates.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "records/json_values.hpp"
#include "theory/predictions/scalar_twin.hpp"

namespace steq {

/// Which time is kept while the rate shrinks: rate * steps, or rate^2 * steps, in which noise crosses a bin.
enum class TimeScale { directed, diffusive };

/// Weights without a network, at the largest rate.
struct ScalarLadder {
  ScalarRecipe recipe;
  TimeScale time = TimeScale::directed;
};

/// A network at the largest rate: a whole config of a training experiment, with "steps".
struct TrainingLadder {
  Json training;
  std::string learner;  ///< whose error is measured: against its driven twin,
  std::string against;  ///< or, where not empty, against this other learner of the cohort
};

/// One recipe at a ladder of rates.
struct OrderCase {
  std::string name;
  std::variant<ScalarLadder, TrainingLadder> ladder;
  double expected = 1;   ///< order of the error
  double tolerance = 0;  ///< on the order
};

struct OrderExperiment {
  std::string name, description;
  std::uint64_t seed = 1;
  std::vector<double> factors;  ///< of the largest rate
  std::uint32_t repeats = 1;    ///< each with its own seed
  std::vector<OrderCase> cases;
};

/// Checks the whole document; one InputError with every problem, as read_config() throws.
OrderExperiment read_orders(const Json& document, const std::string& file);

/// With every default filled in: reading it again gives the same.
Json resolved(const OrderExperiment& experiment);

}  // namespace steq
