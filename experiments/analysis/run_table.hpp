// SPDX-License-Identifier: MIT
// A table of a run directory: one file, and one line in registry.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/analysis/analysed_run.hpp"
#include "plots/tables/table.hpp"

namespace steq {

struct RunTable {
  std::string name;  ///< of tables/NAME.csv
  /// Nothing where the run does not hold what the table needs.
  std::function<std::optional<Table>(const AnalysedRun&)> make;
};

const std::vector<RunTable>& run_tables();

}  // namespace steq
