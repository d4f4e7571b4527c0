// SPDX-License-Identifier: MIT
#include "sim/data/idx_format.hpp"

namespace steq::datasets {

DatasetRegistry::Entry idx() {
  return idx_dataset(
      "idx",
      "Your own images in four IDX files with the names of MNIST's: any size, 1 channel (3 dimensions) or "
      "more (4: n, channels, height, width); the largest train label + 1 is the number of classes.",
      "",
      {.source = "they are your own, in the format of the MNIST database, yann.lecun.com/exdb/mnist",
       .image = std::nullopt,
       .classes = std::nullopt});
}

}  // namespace steq::datasets
