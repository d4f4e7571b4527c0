// SPDX-License-Identifier: MIT
// Normalization of images: each channel, after the division by 255, less a mean and over a deviation.
#pragma once

#include <cstdint>
#include <vector>

namespace steq {

struct Dataset;

/// One number a channel each, of pixels / 255. Empty: networks see pixels / 255.
struct Normalization {
  std::vector<double> mean, deviation;

  bool operator==(const Normalization&) const = default;
};

/// How often each pixel value occurs in a channel: [256].
std::vector<std::uint64_t> pixel_counts(const Dataset& data, std::size_t channel);

/// Mean and population standard deviation of each channel over all images. Throws InputError where all pixels of a
/// channel are alike, which leaves nothing to divide by.
Normalization normalization_of(const Dataset& data);

}  // namespace steq
