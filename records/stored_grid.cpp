// SPDX-License-Identifier: MIT
#include "records/stored_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "records/hdf5_dataset.hpp"
#include "sim/core/types.hpp"

namespace steq {
namespace {

/// Bins may be empty: thresholds may be equal, levels not.
void check_ascending(const std::vector<double>& values, bool strictly, const std::string& path,
                     const std::string& name) {
  const auto falls = [&](double left, double right) { return strictly ? !(left < right) : !(left <= right); };
  const auto finite = [](double value) { return std::isfinite(value); };
  if (std::ranges::adjacent_find(values, falls) != values.end() || !std::ranges::all_of(values, finite) ||
      values.size() > std::numeric_limits<Level>::max())
    throw UnusableDataset(path, name + ": not finite numbers in ascending order, or more than 32767");
}

double largest(const std::vector<double>& ascending) {
  return ascending.empty() ? 0 : std::max(std::abs(ascending.front()), std::abs(ascending.back()));
}

/// 0 where neighbours are not equally far from each other, or thresholds not midway. Programs compute them in float, to
/// some units in its last place, and may store them in double.
double spacing(const Grid& grid) {
  const std::vector<double>& levels = grid.levels;
  if (levels.size() < 2) return 0;
  const double delta = (levels.back() - levels.front()) / static_cast<double>(levels.size() - 1);
  const double rounding = 8 * static_cast<double>(std::numeric_limits<float>::epsilon()) * largest(levels);
  const auto off = [&](double value, double place) {
    return std::abs(value - (levels[0] + place * delta)) > std::min(rounding, delta / 8);
  };
  for (std::size_t j = 1; j < levels.size(); ++j)
    if (off(levels[j], static_cast<double>(j)) || off(grid.thresholds[j - 1], static_cast<double>(j) - 0.5)) return 0;
  return delta;
}

std::vector<double> middles(const std::vector<double>& levels) {
  std::vector<double> all;
  for (std::size_t j = 1; j < levels.size(); ++j) all.push_back((levels[j - 1] + levels[j]) / 2);
  return all;
}

}  // namespace

Grid grid_of(StoredGrid stored, const std::string& path, const std::string& group) {
  check_ascending(stored.levels, true, path, group + "/levels");
  if (largest(stored.levels) == 0) throw UnusableDataset(path, group + "/levels: no level but 0");
  if (stored.thresholds) check_ascending(*stored.thresholds, false, path, group + "/thresholds");
  Grid grid{.levels = std::move(stored.levels), .thresholds = {}};
  grid.thresholds = stored.thresholds ? std::move(*stored.thresholds) : middles(grid.levels);
  if (grid.thresholds.size() != grid.intervals())
    throw UnusableDataset(path, fmt::format("{}/thresholds: {} of them for {} levels; allowed: one less than levels",
                                            group, grid.thresholds.size(), grid.levels.size()));
  grid.range = stored.range.value_or(largest(grid.levels));
  grid.delta = spacing(grid);
  return grid;
}

}  // namespace steq
