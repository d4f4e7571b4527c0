// SPDX-License-Identifier: MIT
#include "experiments/analysis/run_table.hpp"

// One line for each table: the name of the function that returns it, defined in the file of that name.
// clang-format off
#define STEQ_RUN_TABLES(entry) \
  entry(disagreement)          \
  entry(agreement_by_tensor)   \
  entry(alignment)             \
  entry(estimators)            \
  entry(oscillation)           \
  entry(oscillation_by_step)   \
  entry(dwell_times)           \
  entry(class_components)
// clang-format on

namespace steq {
namespace analysis {
#define STEQ_DECLARE(name) RunTable name();
STEQ_RUN_TABLES(STEQ_DECLARE)
}  // namespace analysis

const std::vector<RunTable>& run_tables() {
#define STEQ_ENTRY(name) analysis::name(),
  static const std::vector<RunTable> tables{STEQ_RUN_TABLES(STEQ_ENTRY)};
  return tables;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
