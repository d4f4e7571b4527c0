// SPDX-License-Identifier: MIT
#include "sim/models/resnet.hpp"

namespace steq::models {

ModelRegistry::Entry resnet50() {
  return {{.name = "resnet50",
           .summary = "The 50-layer residual network of bottleneck blocks for 224 x 224 images; all convolutions but "
                      "the first quantized.",
           .formula = "",
           .citation = "He et al., arXiv:1512.03385, table 1 (the stride in the 3x3 convolution, as in torchvision)",
           .parameters = {}},
          [](const Parameters&, const SampleShape& input, std::size_t classes) {
            return imagenet_resnet(input, classes, kBottleneck, {3, 4, 6, 3});
          }};
}

}  // namespace steq::models
