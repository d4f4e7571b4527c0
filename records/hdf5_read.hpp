// SPDX-License-Identifier: MIT
// Numbers of an HDF5 file, whoever wrote it: nothing in it is believed before it is checked.
#pragma once

#include <string>
#include <vector>

#include "records/hdf5_handle.hpp"

namespace steq {

/// All values of a dataset of any shape, row-major, for the types of hdf5_types.hpp. Integers of any width are read
/// where T holds their values, T a floating-point type takes integers too. Throws InputError naming `path` and `name`
/// where there is no such dataset, its type or a value is not allowed, or its bytes are damaged.
template <class T>
std::vector<T> read_hdf5(const Hdf5Handle& file, const std::string& path, const std::string& name);

/// Row `row` of a dataset [rows, columns], read alone. Throws as read_hdf5 does, and where there is no such row.
std::vector<double> read_hdf5_row(const Hdf5Handle& file, const std::string& path, const std::string& name,
                                  std::size_t row);

}  // namespace steq
