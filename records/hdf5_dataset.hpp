// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "records/hdf5_handle.hpp"
#include "sim/core/errors.hpp"

namespace steq {

/// A dataset holds something else than it is to hold; its file is whole.
class UnusableDataset : public InputError {
  using InputError::InputError;
};

/// A dataset of an HDF5 file, whose sizes are not believed. Throws InputError naming `path` and `name` where there is
/// none or it is damaged, UnusableDataset where its values lie in other files.
struct Hdf5Dataset {
  std::string path, name;
  Hdf5Handle set, space, type;
  H5D_layout_t layout = H5D_LAYOUT_ERROR;
  std::vector<hsize_t> extent;  ///< rows, columns, ...; empty for a single value
  std::vector<hsize_t> chunk;   ///< the same of a chunk, which HDF5 wants in memory at once; empty without chunks

  Hdf5Dataset(const Hdf5Handle& file, const std::string& path, const std::string& name);

  /// Throws InputError, for damage.
  [[noreturn]] void refuse(const std::string& why) const;
  /// Throws UnusableDataset.
  [[noreturn]] void cannot_use(const std::string& why) const;
  bool is(H5T_class_t kind) const { return H5Tget_class(type.id()) == kind; }

  std::uintmax_t stored_bytes() const;  ///< in the file, packed; no more than the file has
  double chunk_bytes() const;           ///< in memory; of a damaged dataset it may be more than any integer holds

  /// Number of its values, if the bytes in the file can give so many.
  std::size_t checked_size() const;
};

}  // namespace steq
