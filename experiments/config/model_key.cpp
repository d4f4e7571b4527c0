// SPDX-License-Identifier: MIT
#include "experiments/config/config_keys.hpp"
#include "sim/models/model.hpp"
#include "sim/nn/layer_registry.hpp"

namespace steq {
namespace {

std::size_t read_size(const ConfigNode& node) {
  const bool good = node.json.is_number_integer() && node.json >= 1 && node.json <= 65536;
  return good ? node.json.get<std::size_t>() : (node.refuse("an integer in [1, 65536]"), 1);
}

SampleShape read_input(const ConfigNode& node) {
  const std::size_t dims = node.json.is_array() ? node.json.size() : 0;
  if (dims == 1) return {.channels = read_size(node.at(0))};
  if (dims == 3)
    return {.channels = read_size(node.at(0)), .height = read_size(node.at(1)), .width = read_size(node.at(2))};
  return node.refuse("[channels, height, width] or [features]"), SampleShape{};
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

Json written(const std::vector<LayerSpec>& layers) {
  Json array = Json::array();
  for (const LayerSpec& layer : layers) {
    Json json = to_json(layer.type, "type");
    if (!layer.branch.empty()) json["branch"] = written(layer.branch);
    if (!layer.shortcut.empty()) json["shortcut"] = written(layer.shortcut);
    array.push_back(std::move(json));
  }
  return array;
}

KeyInfo layers_info() {
  return {.name = "layers",
          .meaning = "from the images to one value a class, in place of type",
          .allowed = "an array of at least one layer",
          .name_key = "type",
          .plugins = catalogue(layer_registry()),
          .keys = {{.name = "branch", .meaning = "layers of a residual block", .allowed = "an array of layers"},
                   {.name = "shortcut",
                    .meaning = "layers beside the branch, whose outputs are added; none: the identity",
                    .allowed = "an array of layers"}}};
}

}  // namespace

void read_model(const ConfigNode& node, ModelConfig& model) {
  if (!node.has("layers") && !node.has("input")) {
    model = read_plugin(node, "type", catalogue(model_registry()));
    return;
  }
  read_object(node, {}, {"input", "layers"});
  model = ModelSpec{.input = read_input(node.at("input")), .layers = read_layers(node.at("layers"))};
}

Json written_model(const ModelConfig& model) {
  if (const auto* spec = std::get_if<Spec>(&model)) return to_json(*spec, "type");
  const auto& [input, layers] = std::get<ModelSpec>(model);
  return {{"input", {input.channels, input.height, input.width}}, {"layers", written(layers)}};
}

KeyInfo model_info(const std::string& meaning) {
  return {
      .name = "model",
      .meaning = meaning,
      .allowed = names_of(catalogue(model_registry())) + ", or an object of input and layers",
      .required = true,
      .aliases = {{"network"}, {"net"}, {"architecture"}},
      .name_key = "type",
      .plugins = catalogue(model_registry()),
      .keys = {{.name = "input", .meaning = "size of the images", .allowed = "[channels, height, width] or [features]"},
               layers_info()}};
}

Key<ExperimentConfig> model_key() {
  return {
      .info = model_info("the network of all learners, by name or layer by layer"),
      .read = [](const ConfigNode& document,
                 ExperimentConfig& config) { read_model(document.at("model"), config.model); },
      .write = [](const ExperimentConfig& config, Json& document) { document["model"] = written_model(config.model); }};
}

}  // namespace steq
