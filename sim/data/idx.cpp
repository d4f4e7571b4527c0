// SPDX-License-Identifier: MIT
#include "sim/data/idx_directory.hpp"

namespace steq::datasets {

DatasetRegistry::Entry idx() {
  return idx_dataset(
      {.name = "idx",
       .summary = "Your own images in four IDX files with the names of MNIST's: any size, 1 channel (3 dimensions) or "
                  "more (4: n, channels, height, width); the largest train label + 1 is the number of classes. A path "
                  "may go on with the beginning of the names, as DIR/emnist-letters.",
       .formula = "",
       .citation = "",
       .parameters = {},
       .aliases = {{"custom"}, {"ubyte"}}},
      {.source = "they are your own, in the format of the MNIST database, yann.lecun.com/exdb/mnist",
       .folders = {"raw", "MNIST/raw", "FashionMNIST/raw", "KMNIST/raw", "EMNIST/raw", "QMNIST/raw"},
       .image = std::nullopt,
       .classes = std::nullopt});
}

}  // namespace steq::datasets
