// SPDX-License-Identifier: MIT
#include "sim/data/idx_directory.hpp"

namespace steq::datasets {

DatasetRegistry::Entry fashion_mnist() {
  return idx_dataset({.name = "fashion-mnist",
                      .summary = "Articles of clothing: 60000 train and 10000 test images of 1 x 28 x 28, 10 classes.",
                      .formula = "",
                      .citation = "Xiao et al., arXiv:1708.07747",
                      .parameters = {},
                      .aliases = {{"fashion"}}},
                     {.source = "they come from Fashion-MNIST, github.com/zalandoresearch/fashion-mnist",
                      .folders = {"raw", "FashionMNIST/raw"},
                      .image = SampleShape{1, 28, 28},
                      .classes = 10});
}

}  // namespace steq::datasets
