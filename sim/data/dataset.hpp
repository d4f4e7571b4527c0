// SPDX-License-Identifier: MIT
// Labelled images in memory, as read from disk or drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/plugin.hpp"
#include "sim/core/sample_shape.hpp"
#include "sim/data/normalization.hpp"

namespace steq {

struct Dataset {
  SampleShape image;                 ///< channels, height, width
  std::vector<std::uint8_t> pixels;  ///< [n, channels, height, width]; networks see pixel / 255, or that normalized
  std::vector<std::uint8_t> labels;  ///< [n], below the number of classes
  Normalization normalization = {};
  std::vector<double> reals = {};  ///< in place of pixels: numbers that networks see as they are, or normalized

  std::size_t size() const { return labels.size(); }
  bool is_real() const { return !reals.empty(); }

  /// visit(pixels) or visit(reals), whichever the images are made of.
  template <class Visit>
  auto visit_values(const Visit& visit) const {
    return is_real() ? visit(reals) : visit(pixels);
  }
};

struct DataSplits {
  Dataset train;
  Dataset test;
  std::size_t classes = 0;
  std::vector<std::string> files;         ///< what was read, for the manifest; empty where the data are drawn
  std::vector<std::string> remarks = {};  ///< what users should know of them, a sentence each
};

/// make(parameters, seed); throws InputError naming the file and what is wrong with it.
using DatasetRegistry = Registry<DataSplits(const Parameters&, std::uint64_t seed)>;
const DatasetRegistry& dataset_registry();

/// The declarations of train_limit and test_limit ("all" or a number of images), shared by all datasets.
std::vector<ParameterInfo> limit_parameters();

/// Keeps the first train_limit and test_limit images.
void apply_limits(DataSplits& splits, const Parameters& parameters);

/// Order in which an epoch (counted from 0) visits `size` samples: a pure function of its arguments.
std::vector<std::uint32_t> epoch_order(std::size_t size, std::uint64_t seed, std::uint32_t epoch, bool shuffle);

}  // namespace steq
