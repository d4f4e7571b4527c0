// SPDX-License-Identifier: MIT
#include "sim/models/resnet.hpp"

namespace steq::models {
namespace {

/// The identity, or a 1x1 convolution where the shape changes.
std::vector<LayerSpec> shortcut(const Block& block, std::size_t out) {
  if (block.stride == 1 && block.in == out) return {};
  return {layer({.name = block.name + ".downsample.0", .out = out, .kernel = 1, .stride = block.stride}),
          batch_norm(block.name + ".downsample.1")};
}

}  // namespace

LayerSpec basic_block(const Block& block) {
  const std::string& name = block.name;
  const std::size_t width = block.width;
  return residual(
      {layer({.name = name + ".conv1", .out = width, .kernel = 3, .stride = block.stride, .padding = 1}),
       batch_norm(name + ".bn1"), relu(), layer({.name = name + ".conv2", .out = width, .kernel = 3, .padding = 1}),
       batch_norm(name + ".bn2")},
      shortcut(block, width));
}

LayerSpec bottleneck(const Block& block) {
  const std::string& name = block.name;
  const std::size_t width = block.width, out = kBottleneck.expansion * width;
  return residual({layer({.name = name + ".conv1", .out = width, .kernel = 1}), batch_norm(name + ".bn1"), relu(),
                   layer({.name = name + ".conv2", .out = width, .kernel = 3, .stride = block.stride, .padding = 1}),
                   batch_norm(name + ".bn2"), relu(), layer({.name = name + ".conv3", .out = out, .kernel = 1}),
                   batch_norm(name + ".bn3")},
                  shortcut(block, out));
}

std::vector<LayerSpec> stages(const BlockKind& kind, std::size_t width, const std::vector<std::size_t>& depths) {
  std::vector<LayerSpec> layers;
  std::size_t in = width;
  for (std::size_t stage = 0; stage < depths.size(); ++stage, width *= 2)
    for (std::size_t i = 0; i < depths[stage]; ++i) {
      const std::size_t stride = stage > 0 && i == 0 ? 2 : 1;
      layers.push_back(kind.make({fmt::format("layer{}.{}", stage + 1, i), in, width, stride}));
      layers.push_back(relu());
      in = kind.expansion * width;
    }
  return layers;
}

ModelSpec imagenet_resnet(const SampleShape& input, std::size_t classes, const BlockKind& kind,
                          const std::vector<std::size_t>& depths) {
  constexpr std::size_t width = 64;
  ModelSpec model{input,
                  {layer({.name = "conv1", .out = width, .kernel = 7, .stride = 2, .padding = 3, .quantize = false}),
                   batch_norm("bn1"), relu(), max_pool(3, 2, 1)}};
  for (LayerSpec& layer : stages(kind, width, depths)) model.layers.push_back(std::move(layer));
  model.layers.push_back(global_avg_pool());
  model.layers.push_back(dense("fc", classes));
  return model;
}

}  // namespace steq::models
