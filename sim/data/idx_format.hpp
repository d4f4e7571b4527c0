// SPDX-License-Identifier: MIT
// The IDX files of the MNIST database and its relatives: two zero bytes, 0x08 (unsigned bytes), the number of
// dimensions, each size as a big-endian 32-bit number, then the data, row-major.
#pragma once

#include <optional>

#include "sim/data/dataset.hpp"

namespace steq {

struct IdxArray {
  std::vector<std::size_t> sizes;   ///< labels: n; images: n, height, width or n, channels, height, width
  std::vector<std::uint8_t> bytes;  ///< row-major
};

/// Reads one file, plain or gzip; `ranks` lists the allowed numbers of dimensions. Throws InputError naming the file
/// where the header is not allowed, a size is 0, or the data are shorter or longer than the header says.
IdxArray read_idx_array(const std::string& path, const std::vector<std::size_t>& ranks);

struct IdxRules {
  std::string source;                  ///< a clause: where users get the files
  std::optional<Shape> image;          ///< the one shape allowed; none: any, with or without channels
  std::optional<std::size_t> classes;  ///< none: the largest train label + 1
};

/// The train and test images of a directory. Throws InputError with all that is wrong with the four files.
DataSplits read_idx_directory(const std::string& directory, const IdxRules& rules);

/// The shared entry of datasets in this format: `path` and the limits.
DatasetRegistry::Entry idx_dataset(std::string name, std::string summary, std::string citation, IdxRules rules);

}  // namespace steq
