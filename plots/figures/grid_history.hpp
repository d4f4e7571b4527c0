// SPDX-License-Identifier: MIT
// The numbers of grids that move, as a run tells them over time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "records/stored_run.hpp"

namespace steq {

/// One number of one grid.
struct GridSeries {
  std::string parameter;  ///< "alpha"
  std::string owner;      ///< "qn: fc2.weight"
  std::map<int, double> values{};
};

struct GridHistory {
  std::string unit;  ///< of time: "epoch" or "step"
  std::vector<GridSeries> series;
};

/// After every epoch, as history.jsonl has them; without any there, after the steps that the log names, thinned. Of many
/// numbers of one name the median stands for all.
GridHistory grid_history(const StoredRun& run);

}  // namespace steq
