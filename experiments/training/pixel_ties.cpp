// SPDX-License-Identifier: MIT
#include "experiments/training/pixel_ties.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/data/normalization.hpp"

namespace steq {
namespace {

/// What the first layer that does more to the images than to pool, flatten or cut them off is.
struct First {
  bool found = false;
  std::optional<std::string> quantized = {};  ///< its name, where it is quantized
  bool padded = false;                        ///< with zeros
};

bool is_padded(const Values& values) {
  const auto padding = values.find("padding");
  if (padding == values.end()) return false;
  const auto* word = std::get_if<std::string>(&padding->second);
  return word ? *word == "same" : std::get<std::int64_t>(padding->second) > 0;
}

First first_of(const std::vector<LayerSpec>& layers) {
  for (const LayerSpec& layer : layers) {
    const std::string& type = layer.type.name;
    const Values& values = layer.type.values;
    if (type == "conv2d" || type == "dense") {
      const auto quantize = values.find("quantize");
      const bool quantized = quantize != values.end() && std::get<bool>(quantize->second);
      return {true, quantized ? std::optional(std::get<std::string>(values.at("name"))) : std::nullopt,
              is_padded(values)};
    }
    if (type == "batch_norm2d") return {true};
    if (type != "residual") continue;
    const First branch = first_of(layer.branch), shortcut = first_of(layer.shortcut);
    if (branch.found || shortcut.found) return branch.quantized ? branch : shortcut;
  }
  return {};
}

/// More than half of all pixels have one value.
bool has_background(const Dataset& data) {
  const std::vector<std::uint64_t> counts = pixel_counts(data, 0);
  const std::size_t pixels = data.size() * data.image.height * data.image.width;
  return pixels > 0 && 2 * std::ranges::max(counts) > pixels;
}

}  // namespace

std::optional<std::string> pixel_ties(const ModelSpec& model, const Dataset& data) {
  const First first = first_of(model.layers);
  if (!first.quantized || data.is_real()) return std::nullopt;
  const bool normalized = !data.normalization.mean.empty();
  if (normalized && !(first.padded && has_background(data))) return std::nullopt;
  return fmt::format(
      "layer {} is quantized and sees {}: some of its outputs are 0 but for rounding, which decides on which side of a "
      "relu they fall; \"quantize\": false in that layer avoids it (docs/exactness.md)",
      *first.quantized, normalized ? "a uniform background beside its padding" : "pixels / 255");
}

}  // namespace steq
