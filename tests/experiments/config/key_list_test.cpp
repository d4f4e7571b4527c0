// SPDX-License-Identifier: MIT
#include "experiments/config/key_list.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "config_example.hpp"
#include "sim/data/dataset.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/models/model.hpp"
#include "sim/nn/layer_registry.hpp"
#include "sim/nn/loss.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"
#include "sim/quantizers/quantizer.hpp"
#include "sim/storages/storage.hpp"

using namespace steq;
using testing::example;

namespace {

using Paths = std::set<std::string>;

/// Every path of a document as key lists have it.
void add_paths(const Json& json, const std::string& path, Paths& paths) {
  if (!path.empty()) paths.insert(listed_path(path));
  const auto below = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
  if (json.is_object())
    for (const auto& [key, value] : json.items()) add_paths(value, below(key), paths);
  if (json.is_array())
    for (std::size_t i = 0; i < json.size(); ++i)
      if (json[i].is_structured() && !json[i].is_array()) add_paths(json[i], below(std::to_string(i)), paths);
}

/// A valid document with `section` at the pointer.
void add_resolved(const std::string& pointer, const Json& section, Paths& paths) {
  Json document = example();
  document[Json::json_pointer(pointer)] = section;
  INFO(pointer << ": " << section.dump());
  Json resolved_document;
  REQUIRE_NOTHROW(resolved_document = resolved(read_config(document, "")));
  add_paths(resolved_document, "", paths);
}

Json value_of(const ParameterInfo& parameter) {
  if (parameter.kind == Kind::integer) return 1;
  return parameter.kind == Kind::number ? Json(0.5) : Json("x");
}

/// The section with `parameter` in place of the one that it can stand for.
Json replaced(Json section, const ParameterInfo& parameter) {
  section.erase(parameter.instead_of);
  section[parameter.name] = value_of(parameter);
  return section;
}

/// Every plug-in of a registry, with an example of each parameter.
template <class Signature>
void add_plugins(const Registry<Signature>& registry, const std::string& pointer, const std::string& key,
                 const Json& more, Paths& paths) {
  for (const auto& entry : registry.entries()) {
    Json section = to_json(example_of(entry.info), key);
    for (const ParameterInfo& parameter : entry.info.parameters)
      if (!parameter.fallback && !parameter.example && parameter.instead_of.empty())
        section[parameter.name] = value_of(parameter);
    section.update(more);
    add_resolved(pointer, section, paths);
    for (const ParameterInfo& parameter : entry.info.parameters)
      if (!parameter.instead_of.empty()) add_resolved(pointer, replaced(section, parameter), paths);
  }
}

/// Quantizers of activations, with the numbers that weights would give them, and of errors.
void add_activations(const std::string& pointer, Paths& paths) {
  for (const auto& entry : quantizer_registry().entries()) {
    if (entry.info.needs == "weights") continue;
    Json quantizer = to_json(example_of(entry.info), "type");
    for (const ParameterInfo& parameter : entry.info.parameters) {
      if (std::ranges::count(parameter.words, "fan-in") > 0) quantizer[parameter.name] = 1;
      if (std::ranges::count(parameter.words, "fitted") > 0) quantizer[parameter.name] = {0.5, 1.5};
    }
    add_resolved(pointer, {{"quantizer", quantizer}}, paths);
    for (const ParameterInfo& parameter : entry.info.parameters)
      if (!parameter.instead_of.empty()) add_resolved(pointer, {{"quantizer", replaced(quantizer, parameter)}}, paths);
    if (entry.info.name != "soft-staircase")
      add_resolved(pointer, {{"quantizer", "ceil"}, {"errors", quantizer}}, paths);
  }
}

Json example_layer(const PluginInfo& info) {
  Json layer = to_json(example_of(info), "type");
  for (const ParameterInfo& parameter : info.parameters)
    if (!parameter.fallback && !parameter.example) layer[parameter.name] = value_of(parameter);
  if (info.name == "residual") layer["branch"] = {"relu"}, layer["shortcut"] = {"relu"};
  return layer;
}

/// With the teachers of those that need one, told in both ways.
void add_losses(const std::string& place, Paths& paths) {
  for (const auto& entry : loss_registry().entries()) {
    Json loss = to_json(example_of(entry.info), "type");
    if (!needs_teacher(entry.info.name)) {
      add_resolved(place, loss, paths);
      continue;
    }
    for (const auto& model : model_registry().entries()) {
      loss["teacher"] = {{"model", to_json(example_of(model.info), "type")}, {"file", "x"}};
      add_resolved(place, loss, paths);
    }
    for (const auto& layer : layer_registry().entries()) {
      loss["teacher"]["model"] = {{"input", {1, 28, 28}}, {"layers", {example_layer(layer.info)}}};
      add_resolved(place, loss, paths);
    }
    loss["teacher"] = {{"run", "x"}, {"learner", "y"}};
    add_resolved(place, loss, paths);
  }
}

/// The keys of all resolved configs that there can be.
Paths resolved_paths() {
  Paths paths;
  add_plugins(dataset_registry(), "/data", "dataset", Json::object(), paths);
  add_plugins(model_registry(), "/model", "type", Json::object(), paths);
  add_plugins(quantizer_registry(), "/quantizer", "type", Json::object(), paths);
  add_plugins(optimizer_registry(), "/optimizer", "type", {{"learning_rate", 1}}, paths);
  add_plugins(schedule_registry(), "/optimizer/schedule", "type", Json::object(), paths);
  add_plugins(estimator_registry(), "/estimator", "type", Json::object(), paths);
  add_plugins(storage_registry(), "/storage", "type", Json::object(), paths);
  for (const std::string place : {"/loss", "/learners/0/loss"}) add_losses(place, paths);
  add_plugins(quantizer_registry(), "/learners/0/quantizer", "type", Json::object(), paths);
  add_plugins(optimizer_registry(), "/learners/0/optimizer", "type", {{"learning_rate", 7}}, paths);
  for (const auto& entry : schedule_registry().entries())
    add_resolved("/learners/0/optimizer",
                 {{"type", "sgd"}, {"learning_rate", 7}, {"schedule", to_json(example_of(entry.info), "type")}}, paths);
  add_plugins(estimator_registry(), "/learners/0/estimator", "type", Json::object(), paths);
  add_plugins(storage_registry(), "/learners/0/storage", "type", Json::object(), paths);
  add_resolved("/learners/0/init", {{"file", "x"}}, paths);
  for (const std::string place : {"/activations", "/learners/0/activations"}) add_activations(place, paths);
  for (const auto& entry : layer_registry().entries())
    add_resolved("/model", {{"input", {1, 28, 28}}, {"layers", {example_layer(entry.info)}}}, paths);
  add_resolved("/steps", 5, paths);
  add_resolved("/init", {{"file", "x"}}, paths);
  add_resolved("/learners/1/like", "a", paths);
  add_resolved("/data/normalize", Json::parse(R"({"mean": [0.5], "std": [0.5], "of": "dataset"})"), paths);
  return paths;
}

}  // namespace

TEST_CASE("every key of a resolved config is listed, and every listed key stands in one", "[keys]") {
  const Paths resolved = resolved_paths();
  for (const std::string& path : resolved) {
    INFO(path);
    CHECK(find_key(path));
  }
  for (const ListedKey& key : all_keys()) {
    INFO(key.path);
    CHECK(resolved.contains(key.path));
  }
}

TEST_CASE("every key has a meaning, what is allowed, and a path of its own", "[keys]") {
  Paths seen;
  for (const ListedKey& key : all_keys()) {
    INFO(key.path);
    CHECK(seen.insert(key.path).second);
    REQUIRE_FALSE(key.meanings.empty());
    for (const KeyMeaning& meaning : key.meanings) {
      CHECK_FALSE(meaning.info.meaning.empty());
      CHECK_FALSE(meaning.info.allowed.empty());
    }
  }
}

TEST_CASE("paths are listed without indices, and inner layers as layers", "[keys]") {
  CHECK(listed_path("learners[0].estimator.k") == "learners.estimator.k");
  CHECK(listed_path("learners.12.like") == "learners.like");
  CHECK(listed_path("model.layers[3].branch[0].shortcut[1].out") == "model.layers.out");
  CHECK(listed_path("model.layers[3].branch") == "model.layers.branch");
  CHECK(listed_path("data.path") == "data.path");
}

TEST_CASE("a parameter that several plug-ins have is one key", "[keys]") {
  const ListedKey* warmup = find_key("optimizer.schedule.warmup");
  REQUIRE(warmup);
  REQUIRE(warmup->meanings.size() == 1);
  CHECK(warmup->meanings[0].of == std::vector<std::string>{"warmup-cosine", "linear"});
  CHECK(warmup->meanings[0].info.fallback == 0.02);
  CHECK(find_key("batch_size")->meanings[0].of.empty());
  CHECK(find_key("batch_size")->meanings[0].info.required);
  CHECK_FALSE(find_key("steps")->meanings[0].info.required);
  CHECK(find_key("nonsense") == nullptr);
}
