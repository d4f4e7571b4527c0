// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <map>
#include <tuple>

#include "sim/data/augmentation.hpp"
#include "tests/plugin_files.hpp"

using namespace steq;

namespace {

Augmentation augmentation(const std::string& name) { return augmentation_registry().make({name, {}}, "data.augment"); }

template <class Counts>
double chi_square(const Counts& counts, double expected) {
  double sum = 0;
  for (const auto& [key, count] : counts) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

}  // namespace

TEST_CASE("every augmentation has a file of its own and a summary") {
  CHECK(augmentation_registry().names() == std::vector<std::string>{"none", "crop-flip"});
  CHECK(test::plugin_files("sim/data/augmentations", "AugmentationRegistry") ==
        test::sorted(augmentation_registry().names()));
  for (const auto& entry : augmentation_registry().entries()) CHECK_FALSE(entry.info.summary.empty());
}

TEST_CASE("none draws nothing") { CHECK_FALSE(augmentation("none")); }

TEST_CASE("crop-flip is a function of seed, epoch and image, and of each of them") {
  const Augmentation draw = augmentation("crop-flip"), again = augmentation("crop-flip");
  const auto views = [&](const Augmentation& from, std::uint64_t seed, std::uint32_t epoch, std::uint32_t first) {
    std::vector<View> all;
    for (std::uint32_t i = 0; i < 20; ++i) all.push_back(from(seed, epoch, first + i));
    return all;
  };
  const std::vector<View> base = views(draw, 1, 2, 100);
  CHECK(views(again, 1, 2, 100) == base);
  CHECK(views(draw, 2, 2, 100) != base);
  CHECK(views(draw, 1 + (std::uint64_t{1} << 32), 2, 100) != base);
  CHECK(views(draw, 1, 3, 100) != base);
  CHECK(views(draw, 1, 2, 120) != base);
}

TEST_CASE("crop-flip draws all 162 views, equally often over images and over epochs") {
  const Augmentation draw = augmentation("crop-flip");
  constexpr int kDraws = 162 * 500;
  for (const bool over_images : {true, false}) {
    std::map<std::tuple<int, int, bool>, int> counts;
    for (std::uint32_t i = 0; i < kDraws; ++i) {
      const View view = over_images ? draw(1, 0, i) : draw(1, i, 7);
      REQUIRE((std::abs(view.down) <= 4 && std::abs(view.right) <= 4));
      ++counts[{view.down, view.right, view.mirrored}];
    }
    CHECK(counts.size() == 162);
    CHECK(chi_square(counts, kDraws / 162.0) < 222);  // 161 degrees of freedom: exceeded once in a thousand seeds
  }
}

TEST_CASE("one image's views in consecutive epochs, and neighbours' in one epoch, are independent") {
  const Augmentation draw = augmentation("crop-flip");
  constexpr int kDraws = 81 * 500;
  std::map<std::pair<int, int>, int> epochs, images;
  for (std::uint32_t i = 0; i < kDraws; ++i) {
    ++epochs[{draw(1, 2 * i, 7).down, draw(1, 2 * i + 1, 7).down}];
    ++images[{draw(1, 3, 2 * i).right, draw(1, 3, 2 * i + 1).right}];
  }
  CHECK(chi_square(epochs, kDraws / 81.0) < 125);  // 80 degrees of freedom
  CHECK(chi_square(images, kDraws / 81.0) < 125);
}
