// SPDX-License-Identifier: MIT
#include "sim/models/blocks.hpp"

namespace steq::models {

ModelRegistry::Entry lenet5() {
  return {
      {.name = "lenet5",
       .summary = "LeNet-5 with relu and average pooling: 5x5x6, 5x5x16, dense 120, 84 and classes; the convolutions "
                  "quantized, their biases not.",
       .formula = "",
       .citation = "LeCun et al., 1998, doi:10.1109/5.726791",
       .parameters = {}},
      [](const Parameters&, const SampleShape& input, std::size_t classes) {
        return ModelSpec{
            input,
            {layer({.name = "conv1", .out = 6, .kernel = 5, .padding = 2, .bias = true}), relu(), avg_pool(2),
             layer({.name = "conv2", .out = 16, .kernel = 5, .bias = true}), relu(), avg_pool(2), flatten(),
             dense("fc1", 120), relu(), dense("fc2", 84), relu(), dense("fc3", classes)}};
      }};
}

}  // namespace steq::models
