// SPDX-License-Identifier: MIT
// The datasets of a logs.h5, none of which is believed before it is checked.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "records/hdf5_dataset.hpp"
#include "records/hdf5_handle.hpp"
#include "records/hdf5_read.hpp"
#include "sim/core/types.hpp"

namespace steq {

class LogAccess {
 public:
  bool has(const std::string& name) const;  ///< a group or dataset, as "/ste/batch_loss"

  /// What was left out so far, and why.
  const std::vector<std::string>& remarks() const { return remarks_; }

 protected:
  /// Throws InputError where the file is no HDF5 file, IoError where it cannot be read now.
  explicit LogAccess(const std::string& path);

  /// Throws as read_hdf5 does.
  template <class T>
  std::vector<T> read(const std::string& name) const {
    return read_hdf5<T>(file_, path_, name);
  }
  /// Empty where it is not there, and where it cannot be used.
  template <class T>
  std::vector<T> read_if_there(const std::string& name) const {
    if (!has(name)) return {};
    return attempt([&] { return read<T>(name); });
  }
  /// work(), or nothing and a remark where a dataset cannot be used.
  template <class Work>
  auto attempt(const Work& work) const -> decltype(work()) {
    try {
      return work();
    } catch (const UnusableDataset& error) {
      const std::string remark = std::string(error.what()) + "; it is left out";
      if (std::ranges::find(remarks_, remark) == remarks_.end()) remarks_.push_back(remark);
      return {};
    }
  }
  double read_one(const std::string& name, double above) const;
  std::optional<double> one_if_there(const std::string& name, double above) const;
  /// Steps; empty where they are not there, and where they cannot be used.
  std::vector<Step> ascending(const std::string& name) const;
  /// Rows, columns, ... of a dataset that is there.
  std::vector<hsize_t> extent_of(const std::string& name) const;
  /// How many values it has; 0 where it is not there.
  std::size_t size_of(const std::string& name) const;

  std::string path_;
  Hdf5Handle file_;
  mutable std::vector<std::string> remarks_;

 private:
  [[noreturn]] void refuse_unopened() const;
};

}  // namespace steq
