// SPDX-License-Identifier: MIT
// The four IDX files of a dataset, under the names that the web gives them.
#pragma once

#include <array>

#include "sim/data/data_files.hpp"

namespace steq {

/// A file's name, taken apart: PREFIX-train-images-idx3-ubyte.gz; `t10k` or `test` says test, a dot may stand for the
/// hyphen before `idx`, `int`, `float` or `double` for `ubyte`.
struct IdxName {
  std::string prefix;     ///< "emnist-letters", "qmnist"; empty for MNIST itself
  std::size_t place = 0;  ///< in the order of kIdxFiles
};

/// Nothing where the name is not of that form.
std::optional<IdxName> parse_idx_name(const std::string& name);

/// MNIST's own names: train images, train labels, test images, test labels.
inline constexpr std::array<const char*, 4> kIdxFiles{"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                                      "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};

/// The paths of the four. They lie in the directory `path` or in one of its `folders`, each maybe in a folder of its
/// own name. Where several sets lie in one directory, `path` goes on with the prefix of one: DIR/emnist-letters. Throws
/// InputError where they are not found, or several sets are.
std::array<std::string, 4> find_idx_files(const std::string& path, const std::vector<std::string>& folders,
                                          const std::string& source);

}  // namespace steq
