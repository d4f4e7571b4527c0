// SPDX-License-Identifier: MIT
#include "records/log_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "records/hdf5_read.hpp"
#include "records/log_checks.hpp"
#include "records/log_outline.hpp"
#include "records/stored_grid.hpp"
#include "sim/core/errors.hpp"

namespace steq {
LogReader::LogReader(const std::string& path) : LogAccess(path), tensors_(log_outline(file_, path, remarks_)) {}

std::vector<std::string> LogReader::learners() const {
  std::vector<std::string> names;
  for (const auto& [learner, tensors] : tensors_) names.push_back(learner);
  return names;
}

std::vector<std::string> LogReader::tensors(const std::string& learner) const {
  const auto found = tensors_.find(learner);
  return found == tensors_.end() ? std::vector<std::string>() : found->second;
}

ChangePointLog LogReader::change_points(const std::string& learner, const std::string& tensor) const {
  const std::string group = log_name(learner, tensor);
  const auto initial = read<Level>(group + "/initial_levels");
  const auto weights = read<WeightIndex>(group + "/change_points/weight");
  const auto steps = read<Step>(group + "/change_points/step");
  const auto levels = read<Level>(group + "/change_points/level");
  const std::optional<Grid> known = grid(learner, tensor);
  const auto highest = known ? static_cast<Level>(known->intervals()) : std::numeric_limits<Level>::max();
  check_log({initial, weights, steps, levels}, highest, path_, group);
  ChangePointLog log(initial);
  for (std::size_t i = 0; i < weights.size(); ++i) log.append({weights[i], steps[i], levels[i]});
  return log;
}

Step LogReader::last_change(const std::string& learner) const {
  Step last = 0;
  for (const std::string& tensor : tensors(learner))
    for (const Step step : read<Step>(log_name(learner, tensor) + "/change_points/step")) last = std::max(last, step);
  if (last > kMostSteps)
    throw InputError(path_, fmt::format("/{}: a change point at step {}; allowed: 1 to {}", learner, last, kMostSteps));
  return last;
}

/// Groups of weights have levels of their own, equally many: those of the first, and no range that all have.
Grid LogReader::read_first_of_grids(const std::string& group) const {
  StoredGrid stored{.levels = read_hdf5_row(file_, path_, group + "/levels", 0)};
  if (has(group + "/thresholds")) stored.thresholds = read_hdf5_row(file_, path_, group + "/thresholds", 0);
  Grid grid = grid_of(std::move(stored), path_, group);
  grid.range = std::numeric_limits<double>::quiet_NaN();
  return grid;
}

Grid LogReader::read_grid(const std::string& group) const {
  if (extent_of(group + "/levels").size() == 2) return read_first_of_grids(group);
  StoredGrid stored{.levels = read<double>(group + "/levels")};
  if (has(group + "/thresholds")) stored.thresholds = read<double>(group + "/thresholds");
  if (has(group + "/range")) stored.range = read_one(group + "/range", 0);
  return grid_of(std::move(stored), path_, group);
}

std::optional<Grid> LogReader::grid(const std::string& learner, const std::string& tensor) const {
  const std::string group = log_name(learner, tensor);
  if (!has(group + "/levels")) return std::nullopt;
  return attempt([&] { return std::optional(read_grid(group)); });
}

std::optional<double> LogReader::range(const std::string& learner, const std::string& tensor) const {
  return one_if_there(log_name(learner, tensor) + "/range", 0);
}

std::optional<double> LogReader::path_length(const std::string& learner, const std::string& tensor) const {
  return one_if_there(log_name(learner, tensor) + "/path_length", -1);
}

std::optional<Step> LogReader::steps(const std::string& learner) const {
  const std::string name = log_name(learner, "steps");
  if (!has(name)) return std::nullopt;
  return attempt([&] {
    const std::vector<Step> steps = read<Step>(name);
    if (steps.size() != 1 || steps[0] > kMostSteps)
      throw UnusableDataset(path_, fmt::format("{}: not one number from 0 to {}", name, kMostSteps));
    return std::optional(steps[0]);
  });
}

std::vector<double> LogReader::logits(const std::string& learner) const {
  const std::string name = log_name(learner, "test_logits");
  return attempt([&] {
    std::vector<double> logits = read_if_there<double>(name);
    const std::vector<std::uint32_t> right = labels();
    const std::size_t classes = right.empty() ? 0 : logits.size() / right.size();
    if (!right.empty() && logits.size() != classes * right.size())
      throw UnusableDataset(path_, fmt::format("{}: {} values for {} test_labels", name, logits.size(), right.size()));
    if (!logits.empty() && !right.empty() && std::ranges::max(right) >= classes)
      throw UnusableDataset(
          path_, fmt::format("{}: of {} classes, and there is a label {}", name, classes, std::ranges::max(right)));
    return logits;
  });
}

std::vector<std::uint32_t> LogReader::labels() const { return read_if_there<std::uint32_t>("/test_labels"); }

std::vector<double> LogReader::batch_loss(const std::string& learner) const {
  return read_if_there<double>(log_name(learner, "batch_loss"));
}

std::vector<Step> LogReader::latent_steps(const std::string& learner) const {
  return ascending(log_name(learner, "latent_steps"));
}

std::vector<double> LogReader::latent(const std::string& learner, const std::string& tensor) const {
  return rows_of_latent_steps(learner, log_name(learner, tensor) + "/latent");
}

std::vector<double> LogReader::rows_of_latent_steps(const std::string& learner, const std::string& name) const {
  return attempt([&] {
    std::vector<double> rows = read_if_there<double>(name);
    const std::size_t records = rows.empty() ? 0 : latent_steps(learner).size();
    if (!rows.empty() && (records == 0 || rows.size() % records != 0))
      throw UnusableDataset(path_, fmt::format("{}: {} values for {} latent_steps", name, rows.size(), records));
    return rows;
  });
}

std::vector<double> LogReader::latent_thresholds(const std::string& learner, const std::string& tensor) const {
  const std::optional<Grid> at_end = grid(learner, tensor);
  const std::size_t bounds = at_end ? at_end->thresholds.size() : 0, records = latent_steps(learner).size();
  const std::string group = log_name(learner, tensor), name = group + "/latent_thresholds";
  if (bounds == 0) return {};
  if (!has(group + "/grid_parameters")) {
    std::vector<double> all;
    for (std::size_t r = 0; r < records; ++r)
      all.insert(all.end(), at_end->thresholds.begin(), at_end->thresholds.end());
    return all;
  }
  std::vector<double> moving = rows_of_latent_steps(learner, name);
  return attempt([&] {
    if (!moving.empty() && moving.size() != records * bounds)
      throw UnusableDataset(
          path_, fmt::format("{}: {} values for {} steps and {} thresholds", name, moving.size(), records, bounds));
    if (!std::ranges::all_of(moving, [](double x) { return std::isfinite(x); }))
      throw UnusableDataset(path_, name + ": not finite numbers");
    return moving;
  });
}

std::vector<double> LogReader::latent_record(const std::string& learner, const std::string& tensor,
                                             std::size_t record) const {
  const std::string name = log_name(learner, tensor) + "/latent";
  return attempt([&] { return has(name) ? read_hdf5_row(file_, path_, name, record) : std::vector<double>(); });
}

}  // namespace steq
