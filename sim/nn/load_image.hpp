// SPDX-License-Identifier: MIT
#pragma once

#include "sim/data/augmentation.hpp"
#include "sim/data/dataset.hpp"

namespace steq {

/// Writes one view of one image as H, W, C: each pixel divided by 255, real numbers as they are, and normalized where
/// the data say so.
template <class T>
void load_image(const Dataset& data, std::size_t sample, const View& view, T* to);

}  // namespace steq
