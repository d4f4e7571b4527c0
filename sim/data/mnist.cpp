// SPDX-License-Identifier: MIT
#include "sim/data/idx_directory.hpp"

namespace steq::datasets {

DatasetRegistry::Entry mnist() {
  return idx_dataset({.name = "mnist",
                      .summary = "Handwritten digits: 60000 train and 10000 test images of 1 x 28 x 28, 10 classes.",
                      .formula = "",
                      .citation = "LeCun et al., Proc. IEEE 86 (1998)",
                      .parameters = {},
                      .aliases = {{"qmnist"}, {"kmnist"}, {"emnist", "\"idx\""}}},
                     {.source = "they come from the MNIST database of handwritten digits, yann.lecun.com/exdb/mnist",
                      .folders = {"raw", "MNIST/raw"},
                      .image = SampleShape{1, 28, 28},
                      .classes = 10});
}

}  // namespace steq::datasets
