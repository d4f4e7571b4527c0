// SPDX-License-Identifier: MIT
#include "experiments/config/config_sections.hpp"
#include "sim/models/model.hpp"
#include "sim/nn/layer_registry.hpp"

namespace steq {
namespace {

std::size_t read_size(const ConfigNode& node) {
  const bool good = node.json.is_number_integer() && node.json >= 1 && node.json <= 65536;
  return good ? node.json.get<std::size_t>() : (node.refuse("an integer in [1, 65536]"), 1);
}

Shape read_input(const ConfigNode& node) {
  const std::size_t dims = node.json.is_array() ? node.json.size() : 0;
  if (dims == 1) return {.channels = read_size(node.at(0))};
  if (dims == 3)
    return {.channels = read_size(node.at(0)), .height = read_size(node.at(1)), .width = read_size(node.at(2))};
  return node.refuse("[channels, height, width] or [features]"), Shape{};
}

std::vector<LayerSpec> read_layers(const ConfigNode& node);

/// Only `residual` has paths of its own: branch, and shortcut, which is the identity where it is missing.
LayerSpec read_layer(const ConfigNode& node) {
  const bool residual = node.at("type").json == "residual";
  const std::vector<std::string> paths =
      residual ? std::vector<std::string>{"branch", "shortcut"} : std::vector<std::string>{};
  LayerSpec layer{.type = read_plugin(node, "type", catalogue(layer_registry()), {}, paths)};
  if (!residual) return layer;
  layer.branch = read_layers(node.at("branch"));
  if (node.has("shortcut") && node.json.at("shortcut") != Json::array())
    layer.shortcut = read_layers(node.at("shortcut"));
  return layer;
}

std::vector<LayerSpec> read_layers(const ConfigNode& node) {
  std::vector<LayerSpec> layers;
  if (!node.json.is_array() || node.json.empty()) return node.refuse("an array of at least one layer"), layers;
  for (std::size_t i = 0; i < node.json.size(); ++i) layers.push_back(read_layer(expanded(node.at(i), "type")));
  return layers;
}

}  // namespace

void read_model(const ConfigNode& document, ExperimentConfig& config) {
  const ConfigNode node = document.at("model");
  if (!node.has("layers") && !node.has("input")) {
    config.model = read_plugin(node, "type", catalogue(model_registry()));
    return;
  }
  read_object(node, {}, {"input", "layers"});
  config.model = ModelSpec{.input = read_input(node.at("input")), .layers = read_layers(node.at("layers"))};
}

}  // namespace steq
