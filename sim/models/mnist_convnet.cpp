// SPDX-License-Identifier: MIT
#include "sim/models/blocks.hpp"

namespace steq::models {

ModelRegistry::Entry mnist_convnet() {
  return {{.name = "mnist-convnet",
           .summary = "3x3x32, relu, 2x2 average pool, 3x3x64, relu, 2x2 average pool, dense 256, relu, dense; the "
                      "convolutions quantized and without bias.",
           .formula = "",
           .citation = "the two-convolution network of the Flax MNIST example, github.com/google/flax",
           .parameters = {}},
          [](const Parameters&, const SampleShape& input, std::size_t classes) {
            return ModelSpec{input,
                             {layer({.name = "conv1", .out = 32, .kernel = 3, .padding = 1}), relu(), avg_pool(2),
                              layer({.name = "conv2", .out = 64, .kernel = 3, .padding = 1}), relu(), avg_pool(2),
                              flatten(), dense("fc1", 256), relu(), dense("fc2", classes)}};
          }};
}

}  // namespace steq::models
