// SPDX-License-Identifier: MIT
#include "experiments/training/pixel_ties.hpp"

#include <fmt/format.h>

namespace steq {
namespace {

/// What the first layer that does more to the images than to pool, flatten or cut them off is.
struct First {
  bool found = false;
  std::optional<std::string> quantized = {};  ///< its name, where it is quantized
};

First first_of(const std::vector<LayerSpec>& layers) {
  for (const LayerSpec& layer : layers) {
    const std::string& type = layer.type.name;
    const Values& values = layer.type.values;
    if (type == "conv2d" || type == "dense") {
      const auto quantize = values.find("quantize");
      const bool quantized = quantize != values.end() && std::get<bool>(quantize->second);
      return {true, quantized ? std::optional(std::get<std::string>(values.at("name"))) : std::nullopt};
    }
    if (type == "batch_norm2d") return {true};
    if (type != "residual") continue;
    const First branch = first_of(layer.branch), shortcut = first_of(layer.shortcut);
    if (branch.found || shortcut.found) return branch.quantized ? branch : shortcut;
  }
  return {};
}

}  // namespace

std::optional<std::string> pixel_ties(const ModelSpec& model, const Dataset& data) {
  const First first = first_of(model.layers);
  if (!first.quantized || !data.normalization.mean.empty()) return std::nullopt;
  return fmt::format(
      "layer {} is quantized and sees pixels / 255: some of its outputs are 0 but for rounding, which decides on which "
      "side of a relu they fall; \"normalize\": \"dataset\" in \"data\" avoids that (docs/exactness.md)",
      *first.quantized);
}

}  // namespace steq
