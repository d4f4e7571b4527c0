// SPDX-License-Identifier: MIT
#include "sim/data/normalization.hpp"

#include <cmath>
#include <numeric>

#include "sim/core/sums.hpp"
#include "sim/data/dataset.hpp"

namespace steq {
namespace {

struct Moments {
  double mean, deviation;
};

/// 256 values, each as often as it occurs: no order of images changes the sums, and counts below 2^53 are exact.
Moments moments_of(const std::vector<std::uint64_t>& counts) {
  const auto n = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  const auto mean_of = [&](const auto& value) {
    double sum = 0;
    for (std::size_t pixel = 0; pixel < counts.size(); ++pixel)
      sum += static_cast<double>(counts[pixel]) * value(static_cast<double>(pixel));
    return sum / n;
  };
  const double mean = mean_of([](double pixel) { return pixel; });
  const double variance = mean_of([&](double pixel) { return (pixel - mean) * (pixel - mean); });
  return {mean / 255, std::sqrt(variance) / 255};
}

Moments moments_of_reals(const Dataset& data, std::size_t channel) {
  const std::size_t pixels = data.image.height * data.image.width, n = data.size() * pixels;
  const auto mean_of = [&](const auto& value) {
    return pairwise_sum(0, n,
                        [&](std::size_t i) {
                          return value(data.reals[i / pixels * data.image.size() + channel * pixels + i % pixels]);
                        }) /
           static_cast<double>(n);
  };
  const double mean = mean_of([](double x) { return x; });
  return {mean, std::sqrt(mean_of([&](double x) { return (x - mean) * (x - mean); }))};
}

}  // namespace

std::vector<std::uint64_t> pixel_counts(const Dataset& data, std::size_t channel) {
  std::vector<std::uint64_t> counts(256);
  const std::size_t pixels = data.image.height * data.image.width;
  for (std::size_t image = 0; image < data.size(); ++image) {
    const std::uint8_t* first = data.pixels.data() + image * data.image.size() + channel * pixels;
    for (std::size_t i = 0; i < pixels; ++i) ++counts[first[i]];
  }
  return counts;
}

Normalization normalization_of(const Dataset& data) {
  Normalization normalization;
  for (std::size_t channel = 0; channel < data.image.channels; ++channel) {
    const auto [mean, deviation] =
        data.is_real() ? moments_of_reals(data, channel) : moments_of(pixel_counts(data, channel));
    if (deviation == 0)
      throw InputError("data.normalize", fmt::format("\"dataset\" is not allowed: every pixel of channel {} is {:.6g}; "
                                                     "allowed: images that differ, or \"none\"",
                                                     channel, data.is_real() ? mean : 255 * mean));
    normalization.mean.push_back(mean);
    normalization.deviation.push_back(deviation);
  }
  return normalization;
}

}  // namespace steq
