// SPDX-License-Identifier: MIT
// Clouds of weights: two numbers for each, in units of its tensor's range W, and whether it stands out.
#pragma once

#include <string>
#include <vector>

#include "plots/tables/table.hpp"
#include "records/stored_run.hpp"

namespace steq {

/// How many weights of each kind a cloud shows at most.
inline constexpr std::size_t kMostCloudPoints = 1500;

/// Side of a panel with its labels, pixels.
inline constexpr int kScatterSide = 360;

/// The weights of all quantized tensors of one learner at one snapshot, in the order of the run.
struct WeightCloud {
  std::vector<double> values;      ///< w / W
  std::vector<int> levels;         ///< by the thresholds of its tensor
  std::vector<double> thresholds;  ///< of the first tensor, / W

  double share_unlike(const WeightCloud& other) const;   ///< share of weights on other levels, 0 to 1
  double mean_distance(const WeightCloud& other) const;  ///< mean of |w - w'| / W
};

/// `snapshot` as StoredRun::weights has it; empty where weights or levels were not stored.
WeightCloud weight_cloud(const StoredRun& run, const std::string& learner, const std::string& snapshot);

/// Rows of the clouds' values and, in the last column, 1 where the first and the last cloud stand on different levels,
/// else 0; both kinds thinned to kMostCloudPoints. The clouds are of the same size.
Table cloud_table(const std::vector<std::string>& names, const std::vector<WeightCloud>& clouds);

/// A square panel of column x against column y of the data file (a variable of the script) whose column `flag` tells
/// the two kinds apart, with thresholds and diagonal.
struct CloudPanel {
  std::string data, title, x_label, y_label;
  std::size_t x, y, flag;
  std::string alike, unlike;  ///< names of the two kinds
};
std::string cloud_panel(const CloudPanel& panel, const std::vector<double>& thresholds);

}  // namespace steq
