// SPDX-License-Identifier: MIT
#include "sim/nn/load_image.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/nn/network_harness.hpp"

using namespace steq;

namespace {

constexpr int kPad = 4;

/// The usual description step by step: pad a copy, cut the window out of it, mirror the cut.
std::vector<double> slow_view(const Dataset& data, std::size_t sample, const View& view) {
  const int channels = int(data.image.channels), height = int(data.image.height), width = int(data.image.width);
  const int wide = width + 2 * kPad;
  std::vector<double> result(data.image.size());
  for (int c = 0; c < channels; ++c) {
    std::vector<double> padded(std::size_t(wide * (height + 2 * kPad)), 0.0);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        padded[std::size_t((y + kPad) * wide + x + kPad)] =
            data.pixels[sample * data.image.size() + std::size_t((c * height + y) * width + x)] / 255.0;
    for (int y = 0; y < height; ++y) {
      std::vector<double> row;
      for (int x = 0; x < width; ++x)
        row.push_back(padded[std::size_t((y + kPad + view.down) * wide + x + kPad + view.right)]);
      if (view.mirrored) std::reverse(row.begin(), row.end());
      for (int x = 0; x < width; ++x) result[std::size_t((y * width + x) * channels + c)] = row[std::size_t(x)];
    }
  }
  return result;
}

template <class T>
std::vector<T> loaded(const Dataset& data, std::size_t sample, const View& view) {
  std::vector<T> image(data.image.size(), T(-1));
  load_image(data, sample, view, image.data());
  return image;
}

}  // namespace

TEST_CASE("every view is that of padding, cutting and mirroring one after the other") {
  for (const SampleShape& shape :
       {SampleShape{3, 8, 6}, SampleShape{1, 5, 9}, SampleShape{2, 3, 2}}) {  // the last is smaller than the pad
    const Dataset data = test::random_dataset(shape, 3, 2);
    for (int down = -kPad; down <= kPad; ++down)
      for (int right = -kPad; right <= kPad; ++right)
        for (const bool mirrored : {false, true}) {
          const View view{down, right, mirrored};
          REQUIRE(loaded<double>(data, 1, view) == slow_view(data, 1, view));
        }
  }
}

TEST_CASE("in single precision too a pixel is an integer divided by 255") {
  const Dataset data = test::random_dataset({3, 8, 6}, 2, 2);
  const std::vector<float> image = loaded<float>(data, 1, View());
  for (std::size_t i = 0; i < image.size(); ++i)
    CHECK(image[i] == float(data.pixels[144 + i % 3 * 48 + i / 3]) / 255.0F);
}

TEST_CASE("a view far outside is empty") {
  const Dataset data = test::random_dataset({1, 4, 4}, 1, 2);
  CHECK(loaded<double>(data, 0, {.down = 4}) == std::vector<double>(16, 0.0));
  CHECK(loaded<double>(data, 0, {.right = -9, .mirrored = true}) == std::vector<double>(16, 0.0));
}

TEST_CASE("normalized images are those less the mean, over the deviation, and black outside") {
  Dataset data = test::random_dataset({3, 8, 6}, 2, 2);
  data.normalization = {{0.1, 0.5, 0.9}, {0.2, 0.3, 1}};
  const View view{2, -3, true};
  Dataset plain = data;
  plain.normalization = {};
  for (const View& seen : {View(), view}) {
    const std::vector<double> image = loaded<double>(data, 1, seen), raw = slow_view(plain, 1, seen);
    for (std::size_t i = 0; i < image.size(); ++i) {
      const double mean = data.normalization.mean[i % 3], deviation = data.normalization.deviation[i % 3];
      REQUIRE(image[i] == (raw[i] - mean) / deviation);
    }
    const std::vector<float> single = loaded<float>(data, 1, seen);
    for (std::size_t i = 0; i < image.size(); ++i) REQUIRE(single[i] == static_cast<float>(image[i]));
  }
}
