// SPDX-License-Identifier: MIT
// HDF5 files with and without the locks of libhdf5, which not every file system has.
#pragma once

#include <string>

#include "records/hdf5_handle.hpp"

namespace steq {

/// Makes the file, empty, without a lock of libhdf5: who writes here holds a lock of their own (directory_lock.hpp).
/// HDF5_USE_FILE_LOCKING=TRUE brings the lock back. Throws IoError.
Hdf5Handle create_hdf5(const std::string& path);

/// Opens the file for reading: with a lock, so that it is refused where somebody writes it, or without where the file
/// system has none. No handle where that fails, for hdf5_reason().
Hdf5Handle open_hdf5(const std::string& path);

}  // namespace steq
