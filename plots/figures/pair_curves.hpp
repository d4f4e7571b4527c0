// SPDX-License-Identifier: MIT
// A number for every pair of learners and every step or epoch.
#pragma once

#include <cstddef>
#include <vector>

#include "plots/tables/table.hpp"
#include "plots/figures/pairs.hpp"

namespace steq {

struct PairCurve {
  Pair pair;
  int line_type = 0;
  std::vector<double> values;  ///< [rows]

  bool diverges() const;  ///< some value is above 0
};

/// The columns of a table that are named after the run's pairs.
std::vector<PairCurve> columns_of_pairs(const StoredRun& run, const Table& table);

/// Of tables/disagreement.csv: the share of weights on different levels after each update, from step 0 on. Empty where
/// there is no such table.
std::vector<PairCurve> disagreement(const StoredRun& run);

}  // namespace steq
