// SPDX-License-Identifier: MIT
#include "experiments/diff/settings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace steq {
namespace {

using Leaves = std::vector<std::pair<std::string, Json>>;

bool is_list_of_objects(const Json& json) {
  return json.is_array() && !json.empty() && std::ranges::all_of(json, [](const Json& e) { return e.is_object(); });
}

void add_leaves(const Json& json, const std::string& path, Leaves& leaves) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) add_leaves(value, path.empty() ? key : path + "." + key, leaves);
  } else if (is_list_of_objects(json)) {
    for (std::size_t i = 0; i < json.size(); ++i) add_leaves(json[i], fmt::format("{}[{}]", path, i), leaves);
  } else {
    leaves.emplace_back(path, json);
  }
}

Leaves leaves_of(const Json& json, const std::string& path) {
  Leaves leaves;
  add_leaves(json, path, leaves);
  return leaves;
}

std::optional<Json> value_at(const Leaves& leaves, const std::string& path) {
  const auto found = std::ranges::find(leaves, path, &Leaves::value_type::first);
  return found == leaves.end() ? std::nullopt : std::optional(found->second);
}

Json without(Json json, const std::vector<const char*>& keys) {
  for (const char* key : keys) json.erase(key);
  return json;
}

/// An empty object where there is none of that name.
Json learner_named(const Json& config, const std::string& name) {
  if (config.is_object() && config.contains("learners") && config["learners"].is_array())
    for (const Json& learner : config["learners"])
      if (learner.is_object() && learner.value("name", Json()) == name) return learner;
  return Json::object();
}

Json origin(const Json& manifest) {
  Json origin = Json::object();
  for (const char* key : {"steq", "git_commit", "compiler", "flags", "instruction_set", "kernels"})
    if (manifest.contains(key)) origin[key] = manifest[key];
  if (!manifest.contains("data") || !manifest["data"].is_array()) return origin;
  origin["data_sha256"] = Json::array();
  for (const Json& file : manifest["data"]) origin["data_sha256"].push_back(file.value("sha256", Json()));
  return origin;
}

}  // namespace

SettingDifferences differences(const Json& a, const Json& b, const std::string& path) {
  const Leaves leaves_a = leaves_of(a, path), leaves_b = leaves_of(b, path);
  SettingDifferences found;
  for (const auto& [where, value] : leaves_a)
    if (const auto other = value_at(leaves_b, where); other != value) found.push_back({where, value, other});
  for (const auto& [where, value] : leaves_b)
    if (!value_at(leaves_a, where)) found.push_back({where, std::nullopt, value});
  return found;
}

SettingDifferences config_differences(const Json& a, const Json& b) {
  if (!a.is_object() || !b.is_object()) return {};
  const std::vector<const char*> names{"name", "description", "learners"};
  return differences(without(a, names), without(b, names));
}

SettingDifferences learner_differences(const Json& a, const std::string& name_a, const Json& b,
                                       const std::string& name_b) {
  if (!a.is_object() || !b.is_object()) return {};
  const std::vector<const char*> names{"name", "like"};
  return differences(without(learner_named(a, name_a), names), without(learner_named(b, name_b), names),
                     "learners." + (name_a == name_b ? name_a : name_a + "/" + name_b));
}

SettingDifferences build_differences(const Json& a, const Json& b) {
  if (!a.is_object() || !b.is_object()) return {};
  return differences(origin(a), origin(b));
}

}  // namespace steq
