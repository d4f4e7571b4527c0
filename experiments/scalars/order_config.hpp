// SPDX-License-Identifier: MIT
// Configs of "kind": "orders": recipes at a ladder of learning rates.
#pragma once

#include <string>
#include <vector>

#include "experiments/config/json_values.hpp"
#include "theory/predictions/scalar_twin.hpp"

namespace steq {

/// Which time is kept while the rate shrinks: rate * steps, or rate^2 * steps, in which noise crosses a bin.
enum class TimeScale { directed, diffusive };

/// One recipe at a ladder of rates.
struct OrderCase {
  std::string name;
  ScalarRecipe recipe;  ///< at the largest rate
  TimeScale time = TimeScale::directed;
  double expected = 1;   ///< order of the mean error
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
