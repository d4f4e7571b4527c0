// SPDX-License-Identifier: MIT
#include "sim/data/augmentation.hpp"

namespace steq::augmentations {

AugmentationRegistry::Entry none() {
  return {{.name = "none",
           .summary = "Every training image as it is, in every epoch.",
           .formula = "",
           .citation = "",
           .parameters = {}},
          [](const Parameters&) { return Augmentation(); }};
}

}  // namespace steq::augmentations
