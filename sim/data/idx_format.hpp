// SPDX-License-Identifier: MIT
// The IDX files of the MNIST database and its relatives: two zero bytes, 0x08 (unsigned bytes), the number of
// dimensions, each size as a big-endian 32-bit number, then the data, row-major.
#pragma once

#include <optional>

#include "sim/data/dataset.hpp"

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

struct IdxRules {
  std::string source;                  ///< a clause: where users get the files
  std::vector<std::string> folders;    ///< below the directory, where other programs leave them
  std::optional<SampleShape> image;    ///< the one shape allowed; none: any, with or without channels
  std::optional<std::size_t> classes;  ///< none: the largest train label + 1, at least 2
};

/// Whether four sizes say n, channels, height, width or n, height, width, channels.
enum class Layout { automatic, channels_first, channels_last };

/// The train and test images of a directory. Throws InputError with all that is wrong with the four files; with
/// Layout::automatic also where images look as if their channels came last.
DataSplits read_idx_directory(const std::string& directory, const IdxRules& rules, Layout layout = Layout::automatic);

/// The shared entry of datasets in this format: `path`, the limits, and `layout` where any image is allowed.
DatasetRegistry::Entry idx_dataset(PluginInfo info, IdxRules rules);

}  // namespace steq
