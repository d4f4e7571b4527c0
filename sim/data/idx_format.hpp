// SPDX-License-Identifier: MIT
// The IDX files of the MNIST database and its relatives: two zero bytes, the type of the numbers (0x08 unsigned bytes,
// 0x0d floats, 0x0e doubles), the number of dimensions, each size as a big-endian 32-bit number, then the data,
// row-major and big-endian.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace steq {

struct IdxArray {
  std::vector<std::size_t> sizes;   ///< n, height, width or n, channels, height, width
  std::vector<std::uint8_t> bytes;  ///< row-major
  std::vector<double> reals = {};   ///< in their place, where the file holds floats or doubles
};

/// Reads images, plain or gzip; `ranks` lists the allowed numbers of dimensions. Throws InputError naming the file
/// where the header is not allowed, a size is 0, a number is not finite, or the data are shorter or longer than the
/// header says.
IdxArray read_idx_images(const std::string& path, const std::vector<std::size_t>& ranks);

/// Reads labels: one number each, or QMNIST's eight, of which the first is the class; of any integer type. Throws as
/// above, and where a label is not in [0, 255].
std::vector<std::uint8_t> read_idx_labels(const std::string& path);

}  // namespace steq
