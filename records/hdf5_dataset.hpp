// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "records/hdf5_handle.hpp"

namespace steq {

/// A dataset of an HDF5 file, whose sizes are not believed. Throws InputError naming `path` and `name` where there is
/// none or it is damaged.
struct Hdf5Dataset {
  std::string path, name;
  Hdf5Handle set, space, type;
  H5D_layout_t layout = H5D_LAYOUT_ERROR;
  std::vector<hsize_t> chunk;  ///< rows, columns, ... of one, which HDF5 wants in memory at once; empty without chunks

  Hdf5Dataset(const Hdf5Handle& file, const std::string& path, const std::string& name);

  [[noreturn]] void refuse(const std::string& why) const;
  bool is(H5T_class_t kind) const { return H5Tget_class(type.id()) == kind; }

  std::uintmax_t stored_bytes() const;  ///< in the file, packed; no more than the file has
  double chunk_bytes() const;           ///< in memory; of a damaged dataset it may be more than any integer holds

  /// Number of its values, if the bytes in the file can give so many.
  std::size_t checked_size() const;
};

}  // namespace steq
