// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "records/hdf5_file.hpp"
#include "records/hdf5_heaps.hpp"
#include "records/hdf5_read.hpp"
#include "records/log_checks.hpp"
#include "records/log_file.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

std::string joined(const std::string& a, const std::string& b) { return "/" + a + "/" + b; }

void check_ascending(const std::vector<double>& values, const std::string& path, const std::string& name) {
  const auto falls = [](double left, double right) { return !(left < right); };
  if (std::ranges::adjacent_find(values, falls) != values.end() || values.size() > std::numeric_limits<Level>::max())
    throw InputError(path, name + ": not in ascending order, or more than 32767");
}

/// 0 where neighbours are not equally far from each other.
double spacing(const std::vector<double>& levels) {
  if (levels.size() < 2) return 0;
  const double delta = (levels.back() - levels.front()) / static_cast<double>(levels.size() - 1);
  for (std::size_t j = 1; j < levels.size(); ++j)
    if (std::abs(levels[j] - levels[j - 1] - delta) > 1e-6 * delta) return 0;
  return delta;
}

}  // namespace

LogReader::LogReader(const std::string& path) : path_(path) {
  check_hdf5_heaps(path);
  file_ = open_hdf5(path);
  if (!file_) throw InputError(path, "not a readable HDF5 file: " + hdf5_reason());
}

std::vector<std::string> LogReader::learners() const { return groups("/"); }

std::vector<std::string> LogReader::tensors(const std::string& learner) const { return groups("/" + learner); }

ChangePointLog LogReader::change_points(const std::string& learner, const std::string& tensor) const {
  const std::string group = joined(learner, tensor);
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

std::optional<Grid> LogReader::grid(const std::string& learner, const std::string& tensor) const {
  const std::string group = joined(learner, tensor);
  Grid grid{.levels = read_if_there<double>(group + "/levels"),
            .thresholds = read_if_there<double>(group + "/thresholds")};
  if (grid.levels.empty()) return std::nullopt;
  check_ascending(grid.levels, path_, group + "/levels");
  check_ascending(grid.thresholds, path_, group + "/thresholds");
  if (grid.thresholds.empty())
    for (std::size_t j = 1; j < grid.levels.size(); ++j)
      grid.thresholds.push_back((grid.levels[j - 1] + grid.levels[j]) / 2);
  if (grid.thresholds.size() != grid.intervals())
    throw InputError(path_, fmt::format("{}/thresholds: {} of them for {} levels; allowed: one less than levels", group,
                                        grid.thresholds.size(), grid.levels.size()));
  const std::vector<double> range = read_if_there<double>(group + "/range");
  grid.range = range.empty() ? std::max(std::abs(grid.levels.front()), std::abs(grid.levels.back())) : range.front();
  if (!(grid.range > 0))
    throw InputError(path_, fmt::format("{}/range: {} is not allowed; allowed: > 0", group, grid.range));
  grid.delta = spacing(grid.levels);
  return grid;
}

std::optional<double> LogReader::path_length(const std::string& learner, const std::string& tensor) const {
  const std::vector<double> length = read_if_there<double>(joined(learner, tensor) + "/path_length");
  if (length.empty()) return std::nullopt;
  return length.front();
}

std::vector<double> LogReader::logits(const std::string& learner) const {
  return read_if_there<double>(joined(learner, "test_logits"));
}

std::vector<std::uint8_t> LogReader::labels() const { return read_if_there<std::uint8_t>("/test_labels"); }

bool LogReader::has(const std::string& name) const {
  // HDF5 wants every group on the way to be there before it looks at the last name
  for (std::size_t end = name.find('/', 1);; end = name.find('/', end + 1)) {
    if (H5Lexists(file_.id(), name.substr(0, end).c_str(), H5P_DEFAULT) <= 0) return false;
    if (end == std::string::npos) return true;
  }
}

template <class T>
std::vector<T> LogReader::read_if_there(const std::string& name) const {
  return has(name) ? read<T>(name) : std::vector<T>();
}

std::vector<double> LogReader::batch_loss(const std::string& learner) const {
  return read<double>(joined(learner, "batch_loss"));
}

std::vector<Step> LogReader::latent_steps(const std::string& learner) const {
  return read<Step>(joined(learner, "latent_steps"));
}

std::vector<double> LogReader::latent(const std::string& learner, const std::string& tensor) const {
  return read<double>(joined(learner, tensor) + "/latent");
}

std::vector<double> LogReader::latent_record(const std::string& learner, const std::string& tensor,
                                             std::size_t record) const {
  return read_hdf5_row(file_, path_, joined(learner, tensor) + "/latent", record);
}

template <class T>
std::vector<T> LogReader::read(const std::string& name) const {
  return read_hdf5<T>(file_, path_, name);
}

std::vector<std::string> LogReader::groups(const std::string& name) const {
  const Hdf5Handle group(H5Gopen2(file_.id(), name.c_str(), H5P_DEFAULT), H5Gclose);
  if (!group) throw InputError(path_, "has no group " + name);
  H5G_info_t info{};
  if (H5Gget_info(group.id(), &info) < 0) throw InputError(path_, "cannot read " + name + ": " + hdf5_reason());
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    char child[1024];
    if (H5Lget_name_by_idx(group.id(), ".", H5_INDEX_NAME, H5_ITER_INC, i, child, sizeof child, H5P_DEFAULT) < 0)
      throw InputError(path_, "cannot read " + name + ": " + hdf5_reason());
    if (const Hdf5Handle opened{H5Gopen2(group.id(), child, H5P_DEFAULT), H5Gclose}) names.emplace_back(child);
  }
  return names;
}

}  // namespace steq
