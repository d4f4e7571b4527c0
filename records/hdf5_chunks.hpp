// SPDX-License-Identifier: MIT
#pragma once

#include "records/hdf5_dataset.hpp"

namespace steq {

/// Unpacks the packed chunks that hold the rows [first, end) and compares their sizes with those that they are to have
/// in memory: HDF5 1.10 copies without looking. Throws InputError where they differ, UnusableDataset where a filter is
/// none of shuffle, deflate and fletcher32. Takes time in proportion to the chunks (times their logarithm): they are
/// looked up by their places, because HDF5 1.10 finds the n-th one by counting.
void check_hdf5_chunks(const Hdf5Dataset& data, hsize_t first, hsize_t end);

}  // namespace steq
