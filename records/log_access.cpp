// SPDX-License-Identifier: MIT
#include "records/log_access.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <functional>
#include <thread>

#include "records/hdf5_file.hpp"
#include "records/hdf5_heaps.hpp"
#include "records/log_checks.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

constexpr int kTriesToOpen = 40;
constexpr auto kPauseToOpen = std::chrono::milliseconds(50);

}  // namespace

LogAccess::LogAccess(const std::string& path) : path_(path) {
  check_hdf5_heaps(path);
  file_ = open_hdf5(path);
  for (int tries = 0; !file_ && hdf5_reason() == std::strerror(EAGAIN) && tries < kTriesToOpen; ++tries) {
    std::this_thread::sleep_for(kPauseToOpen);  // a recorder is writing, and soon ends
    file_ = open_hdf5(path);
  }
  if (!file_) refuse_unopened();
}

/// The system's refusals are none of the file's faults.
void LogAccess::refuse_unopened() const {
  const std::string reason = hdf5_reason();
  for (const int error : {EAGAIN, EACCES, EPERM, EMFILE, EIO, ENOLCK})
    if (reason == std::strerror(error))
      throw IoError(path_, error == EAGAIN ? "cannot be read now: another program has it open for writing"
                                           : "cannot be read: " + reason);
  throw InputError(path_, "not a readable HDF5 file: " + reason);
}

bool LogAccess::has(const std::string& name) const { return hdf5_has(file_, name); }

double LogAccess::read_one(const std::string& name, double above) const {
  const std::vector<double> values = read<double>(name);
  if (values.size() != 1) throw UnusableDataset(path_, fmt::format("{}: {} values; allowed: one", name, values.size()));
  if (!std::isfinite(values[0]) || values[0] <= above)
    throw UnusableDataset(path_, fmt::format("{}: {} is not allowed; allowed: > {}", name, values[0], above));
  return values[0];
}

std::optional<double> LogAccess::one_if_there(const std::string& name, double above) const {
  if (!has(name)) return std::nullopt;
  return attempt([&] { return std::optional(read_one(name, above)); });
}

std::vector<Step> LogAccess::ascending(const std::string& name) const {
  return attempt([&] {
    std::vector<Step> steps = read_if_there<Step>(name);
    if (std::ranges::adjacent_find(steps, std::greater_equal()) != steps.end() ||
        (!steps.empty() && steps.back() > kMostSteps))
      throw UnusableDataset(path_, fmt::format("{}: not in ascending order, or beyond {}", name, kMostSteps));
    return steps;
  });
}

std::vector<hsize_t> LogAccess::extent_of(const std::string& name) const {
  return Hdf5Dataset(file_, path_, name).extent;
}

std::size_t LogAccess::size_of(const std::string& name) const {
  return has(name) ? Hdf5Dataset(file_, path_, name).checked_size() : 0;
}

}  // namespace steq
