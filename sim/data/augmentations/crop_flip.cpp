// SPDX-License-Identifier: MIT
#include <boost/random/uniform_int_distribution.hpp>

#include "sim/core/random.hpp"
#include "sim/data/augmentation.hpp"

namespace steq::augmentations {
namespace {

constexpr int kPad = 4;

View draw(std::uint64_t seed, std::uint32_t epoch, std::uint32_t image) {
  RandomStream stream(seed, Purpose::augmentation, epoch, image);
  const boost::random::uniform_int_distribution<int> offset(-kPad, kPad);
  const int down = offset(stream), right = offset(stream);
  const bool mirrored = stream() >> 31 != 0;
  return {down, right, mirrored};
}

}  // namespace

AugmentationRegistry::Entry crop_flip() {
  return {{.name = "crop-flip",
           .summary = "Pads each side by 4 pixels of 0 (black, also where images are normalized), cuts a window of the "
                      "image's size at random, mirrors it left to right with probability 1/2; drawn anew for "
                      "every image in every epoch, training images only.",
           .formula = "",
           .citation = "He et al., arXiv:1512.03385, section 4.2",
           .parameters = {}},
          [](const Parameters&) { return Augmentation(draw); }};
}

}  // namespace steq::augmentations
