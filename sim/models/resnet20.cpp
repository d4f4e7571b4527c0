// SPDX-License-Identifier: MIT
#include "sim/models/resnet.hpp"

namespace steq::models {

ModelRegistry::Entry resnet20() {
  return {{.name = "resnet20",
           .summary = "The 20-layer residual network for 32 x 32 images; all convolutions but the first quantized.",
           .formula = "",
           .citation = "He et al., arXiv:1512.03385, section 4.2 (shortcuts: option B)",
           .parameters = {}},
          [](const Parameters&, const SampleShape& input, std::size_t classes) {
            constexpr std::size_t width = 16;
            ModelSpec model{input,
                            {layer({.name = "conv1", .out = width, .kernel = 3, .padding = 1, .quantize = false}),
                             batch_norm("bn1"), relu()}};
            for (LayerSpec& layer : stages(kBasic, width, {3, 3, 3})) model.layers.push_back(std::move(layer));
            model.layers.push_back(global_avg_pool());
            model.layers.push_back(dense("fc", classes));
            return model;
          }};
}

}  // namespace steq::models
