// SPDX-License-Identifier: MIT
#include "plots/figures/grid_history.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "plots/statistics/spread.hpp"
#include "plots/tables/numbers.hpp"

namespace steq {
namespace {

constexpr std::size_t kMostMoments = 1000;

double number_in(const Json& value) {
  if (value.is_number()) return value.get<double>();
  return value.is_object() && value.contains("median") && value["median"].is_number() ? value["median"].get<double>()
                                                                                      : std::nan("");
}

GridSeries& series_of(std::vector<GridSeries>& all, const std::string& parameter, const std::string& owner) {
  const auto same = [&](const GridSeries& s) { return s.parameter == parameter && s.owner == owner; };
  const auto found = std::ranges::find_if(all, same);
  return found != all.end() ? *found : all.emplace_back(GridSeries{parameter, owner});
}

std::vector<GridSeries> by_epoch(const StoredRun& run) {
  std::vector<GridSeries> all;
  for (const Json& entry : run.history()) {
    if (!entry.is_object() || !entry.contains("grid_parameters") || !entry.contains("epoch")) continue;
    for (const auto& [tensor, numbers] : entry["grid_parameters"].items())
      for (const auto& [name, value] : numbers.items())
        series_of(all, name, entry.value("learner", "") + ": " + tensor).values[entry["epoch"].get<int>()] =
            number_in(value);
  }
  return all;
}

/// `numbers`: [steps * some].
std::map<int, double> medians(const std::vector<Step>& steps, const std::vector<double>& numbers) {
  std::map<int, double> values;
  if (steps.empty() || numbers.size() % steps.size() != 0) return values;
  const std::size_t width = numbers.size() / steps.size();
  for (const std::size_t r : thinned(steps.size(), kMostMoments)) {
    const auto row = std::span(numbers).subspan(r * width, width);
    if (width > 0) values[static_cast<int>(steps[r])] = spread_of({row.begin(), row.end()})->median;
  }
  return values;
}

std::vector<GridSeries> by_step(const StoredRun& run) {
  std::vector<GridSeries> all;
  for (const std::string& learner : run.learners()) {
    const std::vector<Step> steps = run.logs().grid_steps(learner);
    for (const std::string& tensor : run.tensors(learner))
      for (const char* name : {"scale", "zero_point"})
        if (auto values = medians(steps, run.logs().grid_parameter(learner, tensor, name)); !values.empty())
          series_of(all, name, learner + ": " + tensor).values = std::move(values);
  }
  return all;
}

}  // namespace

GridHistory grid_history(const StoredRun& run) {
  if (auto epochs = by_epoch(run); !epochs.empty()) return {"epoch", std::move(epochs)};
  return {"step", by_step(run)};
}

}  // namespace steq
