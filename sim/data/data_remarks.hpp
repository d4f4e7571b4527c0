// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "sim/data/dataset.hpp"

namespace steq {

/// What is allowed of data and still likely to be a mistake, a sentence each: classes without a training image, images
/// that are all alike, test images that are training images.
std::vector<std::string> data_remarks(const DataSplits& splits);

}  // namespace steq
