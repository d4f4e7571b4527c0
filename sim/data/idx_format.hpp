// SPDX-License-Identifier: MIT
// The IDX files of the MNIST database and its relatives: two zero bytes, 0x08 (unsigned bytes), the number of
// dimensions, each size as a big-endian 32-bit number, then the data, row-major.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace steq {

struct IdxArray {
  std::vector<std::size_t> sizes;   ///< n, height, width or n, channels, height, width
  std::vector<std::uint8_t> bytes;  ///< row-major
};

/// Reads images, plain or gzip; `ranks` lists the allowed numbers of dimensions. Throws InputError naming the file
/// where the header is not allowed, a size is 0, or the data are shorter or longer than the header says.
IdxArray read_idx_images(const std::string& path, const std::vector<std::size_t>& ranks);

/// Reads labels: one number each, or QMNIST's eight, of which the first is the class; of any integer type. Throws as
/// above, and where a label is not in [0, 255].
std::vector<std::uint8_t> read_idx_labels(const std::string& path);

}  // namespace steq
