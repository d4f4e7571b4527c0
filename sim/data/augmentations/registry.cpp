// SPDX-License-Identifier: MIT
#include "sim/data/augmentation.hpp"

// One line for each augmentation: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_AUGMENTATIONS(entry) \
  entry(none)                     \
  entry(crop_flip)
// clang-format on

namespace steq {
namespace augmentations {
#define STEQ_DECLARE(name) AugmentationRegistry::Entry name();
STEQ_AUGMENTATIONS(STEQ_DECLARE)
}  // namespace augmentations

const AugmentationRegistry& augmentation_registry() {
#define STEQ_ENTRY(name) augmentations::name(),
  static const AugmentationRegistry registry("augmentation", {STEQ_AUGMENTATIONS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
