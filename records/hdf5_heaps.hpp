// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// Throws InputError where a table of a group's names (a local heap: HDF5 file format 2.0, III.D) lies outside of the
/// file: libhdf5 1.10 follows it, and breaks down. Reads the whole file.
void check_hdf5_heaps(const std::string& path);

}  // namespace steq
