// SPDX-License-Identifier: MIT
#include "sim/models/resnet.hpp"

namespace steq::models {

ModelRegistry::Entry resnet18() {
  return {{.name = "resnet18",
           .summary = "The 18-layer residual network for 224 x 224 images; all convolutions but the first quantized.",
           .formula = "",
           .citation = "He et al., arXiv:1512.03385, table 1",
           .parameters = {}},
          [](const Parameters&, const SampleShape& input, std::size_t classes) {
            return imagenet_resnet(input, classes, kBasic, {2, 2, 2, 2});
          }};
}

}  // namespace steq::models
