// SPDX-License-Identifier: MIT
// What a log says of its sample, its windows, and its grids that move.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "records/log_checks.hpp"
#include "records/log_reader.hpp"
#include "sim/core/errors.hpp"

namespace steq {

std::vector<WeightIndex> LogReader::sample(const std::string& group) const {
  std::vector<WeightIndex> sample = read<WeightIndex>(group + "/watched");
  const std::size_t weights = size_of(group + "/initial_levels");
  if (std::ranges::adjacent_find(sample, std::greater_equal()) != sample.end() ||
      (!sample.empty() && sample.back() >= weights))
    throw InputError(path_, fmt::format("{}/watched: not ascending numbers of weights below {}", group, weights));
  return sample;
}

Step LogReader::every(const std::string& learner) const {
  const std::string name = log_name(learner, "every");
  if (!has(name)) return 1;
  const std::vector<Step> every = read<Step>(name);
  if (every.size() != 1 || every[0] < 1 || every[0] > kMostSteps)
    throw InputError(path_, fmt::format("{}: not one number from 1 to {}", name, kMostSteps));
  return every[0];
}

std::vector<Window> LogReader::windows(const std::string& learner) const {
  const std::string name = log_name(learner, "windows");
  if (!has(name)) return {};
  const std::vector<hsize_t> extent = extent_of(name);
  const std::vector<Step> steps = read<Step>(name);
  std::vector<Window> windows;
  for (std::size_t i = 0; i + 1 < steps.size(); i += 2) windows.push_back({steps[i], steps[i + 1]});
  const auto wrong = [&](const Window& w) {
    return w.first < 1 || w.first > w.last || w.last > kMostSteps || (&w != windows.data() && w.first <= (&w)[-1].last);
  };
  if (steps.size() % 2 != 0 || (extent.size() == 2 && extent[1] != 2) || std::ranges::any_of(windows, wrong))
    throw InputError(path_, fmt::format("{}: not pairs of a first and a last step from 1 to {}, ascending and apart",
                                        name, kMostSteps));
  return windows;
}

Watching LogReader::watching(const std::string& learner) const {
  Watching watching{.every = every(learner), .samples = {}, .windows = windows(learner)};
  for (const std::string& tensor : tensors(learner))
    if (const std::string group = log_name(learner, tensor); has(group + "/watched"))
      watching.samples[tensor] = sample(group);
  if (watching.whole()) watching.windows.clear();
  return watching;
}

std::size_t LogReader::weights(const std::string& learner, const std::string& tensor) const {
  return size_of(log_name(learner, tensor) + "/initial_levels");
}

std::optional<std::size_t> LogReader::changes_of_grid_in(const std::string& group,
                                                         const std::vector<WeightIndex>* sample) const {
  const std::string points = group + "/change_points/";
  if (!has(points + "of_grid")) return std::nullopt;
  return attempt([&] {
    const auto of_grid = read<std::uint32_t>(points + "of_grid");
    const auto weights = read<WeightIndex>(points + "weight");
    if (of_grid.size() != weights.size())
      throw UnusableDataset(
          path_, fmt::format("{}of_grid: {} values for {} change points", points, of_grid.size(), weights.size()));
    std::size_t count = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
      count += of_grid[i] != 0 && (!sample || std::ranges::binary_search(*sample, weights[i]));
    return std::optional(count);
  });
}

std::optional<std::size_t> LogReader::changes_of_grid(const std::string& learner, const Watching& watching) const {
  std::optional<std::size_t> total;
  for (const std::string& tensor : tensors(learner))
    if (const auto count = changes_of_grid_in(log_name(learner, tensor), watching.sample(tensor)))
      total = total.value_or(0) + *count;
  return total;
}

std::vector<double> LogReader::grid_parameter(const std::string& learner, const std::string& tensor,
                                              const std::string& name) const {
  const std::string place = log_name(learner, tensor) + "/grid_parameters/" + name;
  return attempt([&] {
    std::vector<double> numbers = read_if_there<double>(place);
    const std::size_t rows = numbers.empty() ? 0 : grid_steps(learner).size();
    if (!numbers.empty() && (rows == 0 || extent_of(place).front() != rows))
      throw UnusableDataset(path_, fmt::format("{}: {} rows for {} steps", place, extent_of(place).front(), rows));
    if (!std::ranges::all_of(numbers, [](double x) { return std::isfinite(x); }))
      throw UnusableDataset(path_, place + ": not finite numbers");
    return numbers;
  });
}

std::vector<Step> LogReader::grid_steps(const std::string& learner) const {
  const std::string name = log_name(learner, "grid_steps");
  return has(name) ? ascending(name) : latent_steps(learner);
}

}  // namespace steq
