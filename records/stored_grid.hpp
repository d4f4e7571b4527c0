// SPDX-License-Identifier: MIT
// The grid of a tensor, as the log of this or another program has it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/quantizers/grid.hpp"

namespace steq {

/// What a log says, in weight units.
struct StoredGrid {
  std::vector<double> levels;
  std::optional<std::vector<double>> thresholds{};  ///< else in the middle between levels
  std::optional<double> range{};                    ///< else the largest of the levels' distances from 0
};

/// Where levels are not equally far from each other, or thresholds not midway, `delta` is 0. Throws UnusableDataset with
/// `path` and `group` where numbers are not finite, too many or too few, levels do not rise, or thresholds fall.
Grid grid_of(StoredGrid stored, const std::string& path, const std::string& group);

}  // namespace steq
