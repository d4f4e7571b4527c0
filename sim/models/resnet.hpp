// SPDX-License-Identifier: MIT
// What the residual networks share: two kinds of blocks, and stages of them.
#pragma once

#include "sim/models/blocks.hpp"

namespace steq::models {

struct Block {
  std::string name;
  std::size_t in;      ///< channels
  std::size_t width;   ///< channels of the 3x3 convolutions
  std::size_t stride;  ///< of the first 3x3 convolution and of the shortcut
};

/// Two 3x3 convolutions with batch norm; gives `width` channels.
LayerSpec basic_block(const Block& block);
/// 1x1, 3x3 and 1x1 convolutions with batch norm; gives 4 `width` channels.
LayerSpec bottleneck(const Block& block);

/// A kind of block, and how many channels it gives for one of width.
struct BlockKind {
  LayerSpec (*make)(const Block& block);
  std::size_t expansion;
};
inline constexpr BlockKind kBasic{basic_block, 1}, kBottleneck{bottleneck, 4};

/// `depths[s]` blocks in stage s, each followed by a relu. From one stage to the next the width doubles and the image
/// halves; the first has `width`, which is also the number of channels that it receives.
std::vector<LayerSpec> stages(const BlockKind& kind, std::size_t width, const std::vector<std::size_t>& depths);

/// The networks for large images, in torchvision's layout and names: 7x7 convolution and maximum pooling, four stages
/// from 64 channels on, global average pooling, dense. All convolutions but the first are quantized.
ModelSpec imagenet_resnet(const SampleShape& input, std::size_t classes, const BlockKind& kind,
                          const std::vector<std::size_t>& depths);

}  // namespace steq::models
