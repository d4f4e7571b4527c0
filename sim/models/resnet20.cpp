// SPDX-License-Identifier: MIT
#include "sim/models/blocks.hpp"

namespace steq::models {
namespace {

/// Two 3x3 convolutions with batch norm; a 1x1 convolution in the shortcut where the shape changes.
LayerSpec basic_block(const std::string& name, std::size_t in, std::size_t out, std::size_t stride) {
  std::vector<LayerSpec> branch{
      layer({.name = name + ".conv1", .out = out, .kernel = 3, .stride = stride, .padding = 1}),
      batch_norm(name + ".bn1"), relu(), layer({.name = name + ".conv2", .out = out, .kernel = 3, .padding = 1}),
      batch_norm(name + ".bn2")};
  std::vector<LayerSpec> shortcut;
  if (stride != 1 || in != out)
    shortcut = {layer({.name = name + ".downsample.0", .out = out, .kernel = 1, .stride = stride}),
                batch_norm(name + ".downsample.1")};
  return residual(std::move(branch), std::move(shortcut));
}

}  // namespace

ModelRegistry::Entry resnet20() {
  return {{.name = "resnet20",
           .summary = "The 20-layer residual network for 32 x 32 images; all convolutions but the first quantized.",
           .formula = "",
           .citation = "He et al., arXiv:1512.03385, section 4.2 (shortcuts: option B)",
           .parameters = {}},
          [](const Parameters&, const Shape& input, std::size_t classes) {
            ModelSpec model{input,
                            {layer({.name = "conv1", .out = 16, .kernel = 3, .padding = 1, .quantize = false}),
                             batch_norm("bn1"), relu()}};
            std::size_t in = 16;
            for (std::size_t stage = 1; stage <= 3; ++stage)
              for (std::size_t block = 0; block < 3; ++block) {
                const std::size_t out = std::size_t{8} << stage;
                model.layers.push_back(
                    basic_block(fmt::format("layer{}.{}", stage, block), in, out, stage > 1 && block == 0 ? 2 : 1));
                model.layers.push_back(relu());
                in = out;
              }
            model.layers.push_back(global_avg_pool());
            model.layers.push_back(dense("fc", classes));
            return model;
          }};
}

}  // namespace steq::models
