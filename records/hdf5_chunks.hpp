// SPDX-License-Identifier: MIT
#pragma once

#include "records/hdf5_dataset.hpp"

namespace steq {

/// Unpacks the chunks that hold the rows [first, end) and compares their sizes with those that they are to have in
/// memory: HDF5 1.10 copies without looking. InputError where they differ, or where a filter is neither shuffle nor
/// deflate.
void check_hdf5_chunks(const Hdf5Dataset& data, hsize_t first, hsize_t end);

}  // namespace steq
