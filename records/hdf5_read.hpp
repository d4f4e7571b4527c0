// SPDX-License-Identifier: MIT
// Numbers of an HDF5 file, whoever wrote it: nothing in it is believed before it is checked.
#pragma once

#include <string>
#include <vector>

#include "records/hdf5_handle.hpp"

namespace steq {

/// All values of a dataset of any shape, row-major, for the types of hdf5_types.hpp. Where T is an integer: integers of
/// any width, booleans, and whole numbers of floating-point types, as far as T holds them. Where T is a floating-point
/// type: all numbers. Throws InputError naming `path` and `name` where there is no such dataset or its bytes are
/// damaged, UnusableDataset where its type or a value is not allowed.
template <class T>
std::vector<T> read_hdf5(const Hdf5Handle& file, const std::string& path, const std::string& name);

/// Row `row` of a dataset [rows, columns], read alone. Throws as read_hdf5 does, and UnusableDataset where there is no
/// such row.
std::vector<double> read_hdf5_row(const Hdf5Handle& file, const std::string& path, const std::string& name,
                                  std::size_t row);

}  // namespace steq
