// SPDX-License-Identifier: MIT
#include "plots/figures/scatter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/figures/guides.hpp"
#include "plots/figures/line_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/core/sums.hpp"

namespace steq {
namespace {

/// Nothing of a tensor whose weights lie on several grids: it has no W.
void add_tensor(WeightCloud& cloud, const std::vector<double>& weights, const Grid& grid) {
  if (!(grid.range > 0)) return;
  if (cloud.values.empty())
    for (const double threshold : grid.thresholds) cloud.thresholds.push_back(threshold / grid.range);
  for (const double w : weights) {
    cloud.values.push_back(w / grid.range);
    cloud.levels.push_back(static_cast<int>(std::ranges::lower_bound(grid.thresholds, w) - grid.thresholds.begin()));
  }
}

/// The places at which the two clouds are alike, or unlike.
std::vector<std::size_t> places(const WeightCloud& a, const WeightCloud& b, bool unlike) {
  std::vector<std::size_t> found, chosen;
  for (std::size_t i = 0; i < a.levels.size(); ++i)
    if ((a.levels[i] != b.levels[i]) == unlike) found.push_back(i);
  for (const std::size_t i : thinned(found.size(), kMostCloudPoints)) chosen.push_back(found[i]);
  return chosen;
}

}  // namespace

double WeightCloud::share_unlike(const WeightCloud& other) const {
  std::size_t unlike = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) unlike += levels[i] != other.levels[i];
  return static_cast<double>(unlike) / static_cast<double>(levels.size());
}

double WeightCloud::mean_distance(const WeightCloud& other) const {
  return pairwise_sum(0, values.size(), [&](std::size_t i) { return std::abs(values[i] - other.values[i]); }) /
         static_cast<double>(values.size());
}

WeightCloud weight_cloud(const StoredRun& run, const std::string& learner, const std::string& snapshot) {
  WeightCloud cloud;
  for (const StoredTensor& tensor : run.weight_tensors(learner, snapshot))
    if (const auto grid = run.logs().grid(learner, tensor.name))
      add_tensor(cloud, values_of(tensor, tensor.name), *grid);
  return cloud;
}

Table cloud_table(const std::vector<std::string>& names, const std::vector<WeightCloud>& clouds) {
  Table table{.caption = "", .header = names, .rows = {}};
  table.header.push_back("different levels");
  for (const bool unlike : {false, true})
    for (const std::size_t i : places(clouds.front(), clouds.back(), unlike)) {
      Row& row = table.rows.emplace_back();
      for (const WeightCloud& cloud : clouds) row.push_back(cell(cloud.values[i]));
      row.push_back(unlike ? "1" : "0");
    }
  return table;
}

std::string cloud_panel(const CloudPanel& panel, const std::vector<double>& thresholds) {
  const auto points = [&](int flag, const std::string& style, const std::string& name) {
    return fmt::format("{} using {}:(column({}) == {} ? column({}) : NaN) with points {} title {}", panel.data, panel.x,
                       panel.flag, flag, panel.y, style, quoted(name));
  };
  return guides(thresholds, thresholds) + diagonal(-1.1, 1.1) +
         fmt::format("set title {} noenhanced\nset xlabel {} noenhanced\nset ylabel {} noenhanced\n",
                     quoted(panel.title), quoted(panel.x_label), quoted(panel.y_label)) +
         "set xrange [-1.1:1.1]\nset yrange [-1.1:1.1]\nset xtics 0.5\nset ytics 0.5\nplot " +
         points(0, "lc rgb \"#8d8d8d\" pt 7 ps 0.18", panel.alike) + ", \\\n  " +
         points(1, fmt::format("lt {} pt 2 ps 0.45 lw 1", free_line_type(2)), panel.unlike) + "\n";
}

}  // namespace steq
