// SPDX-License-Identifier: MIT
// Augmentation of training images. It chooses how an image is looked at; the data stay as they are.
#pragma once

#include <cstdint>
#include <functional>

#include "sim/core/plugin.hpp"

namespace steq {

/// A window of the image's own size. Its pixel (row, column) is pixel (row + down, column + right) of the image, and 0
/// outside; then, where mirrored, columns are read from the right.
struct View {
  int down = 0;  ///< pixels, either sign
  int right = 0;
  bool mirrored = false;

  bool operator==(const View&) const = default;
};

/// The view of a training image (by its index in the data) in an epoch, both counted from 0: a pure function, so that
/// batch, thread and learner make no difference. Null: every image as it is.
using Augmentation = std::function<View(std::uint64_t seed, std::uint32_t epoch, std::uint32_t image)>;

using AugmentationRegistry = Registry<Augmentation(const Parameters&)>;
const AugmentationRegistry& augmentation_registry();

}  // namespace steq
