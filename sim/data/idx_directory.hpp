// SPDX-License-Identifier: MIT
// The datasets of the MNIST database and its relatives: a directory with IDX files of train and test images and labels.
#pragma once

#include <optional>

#include "sim/data/dataset.hpp"

namespace steq {

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
