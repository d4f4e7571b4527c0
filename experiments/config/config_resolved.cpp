// SPDX-License-Identifier: MIT
#include "experiments/config/config.hpp"

namespace steq {
namespace {

Json to_json(const std::vector<LayerSpec>& layers) {
  Json array = Json::array();
  for (const LayerSpec& layer : layers) {
    Json json = to_json(layer.type, "type");
    if (!layer.branch.empty()) json["branch"] = to_json(layer.branch);
    if (!layer.shortcut.empty()) json["shortcut"] = to_json(layer.shortcut);
    array.push_back(std::move(json));
  }
  return array;
}

Json to_json(const std::variant<Spec, ModelSpec>& model) {
  if (const auto* spec = std::get_if<Spec>(&model)) return steq::to_json(*spec, "type");
  const ModelSpec& layers = std::get<ModelSpec>(model);
  return {{"input", {layers.input.channels, layers.input.height, layers.input.width}},
          {"layers", to_json(layers.layers)}};
}

Json to_json(const InitConfig& init) {
  return init.file.empty() ? Json{{"scheme", init.scheme}} : Json{{"file", init.file}};
}

Json optimizer_json(const ExperimentConfig& config) {
  Json json = steq::to_json(config.optimizer, "type");
  json["learning_rate"] = config.learning_rate;
  json["schedule"] = steq::to_json(config.schedule, "type");
  return json;
}

Json to_json(const LearnerConfig& learner) {
  Json json{{"name", learner.name}};
  if (learner.like) json["like"] = *learner.like;
  json["estimator"] = steq::to_json(learner.estimator, "type");
  json["equivalent_to"] = learner.equivalent_to ? Json(*learner.equivalent_to) : Json();
  json["learning_rate_scale"] = learner.learning_rate_scale;
  json["ulps"] = learner.ulps;
  json["rounding"] = learner.rounding;
  return json;
}

Json to_json(const RecordConfig& record) {
  return {{"change_points", record.change_points},
          {"latent_every", record.latent_every},
          {"weights_every_epochs", record.weights_every_epochs},
          {"driven_twins", record.driven_twins},
          {"bounds", record.bounds}};
}

}  // namespace

Json resolved(const ExperimentConfig& config) {
  Json json{{"name", config.name}, {"description", config.description}, {"precision", config.precision}};
  json["data"] = to_json(config.dataset, "dataset");
  json["data"]["augment"] = to_text(config.augmentation);
  json["model"] = to_json(config.model);
  json["init"] = to_json(config.init);
  json["quantizer"] = to_json(config.quantizer, "type");
  json["optimizer"] = optimizer_json(config);
  json["batch_size"] = config.batch_size;
  if (config.epochs) json["epochs"] = *config.epochs;
  if (config.steps) json["steps"] = *config.steps;
  json["shuffle"] = config.shuffle;
  json["seed"] = config.seed;
  json["learners"] = Json::array();
  for (const LearnerConfig& learner : config.learners) json["learners"].push_back(to_json(learner));
  json["compare"] = Json::array();
  for (const auto& [a, b] : config.compare) json["compare"].push_back(Json::array({a, b}));
  json["record"] = to_json(config.record);
  return json;
}

}  // namespace steq
