// SPDX-License-Identifier: MIT
#include "experiments/diff/settings.hpp"

#include "experiments/config/config.hpp"
#include "records/build_info.hpp"

namespace steq {
namespace {

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

Json digests(const Json& files) {
  Json all = Json::array();
  for (const Json& file : files) all.push_back(file.value("sha256", Json()));
  return all;
}

Json origin(const Json& manifest) {
  Json origin = Json::object();
  const Json build = build_json();
  for (const auto& [key, unused] : build.items())
    if (manifest.contains(key)) origin[key] = manifest[key];
  for (const std::string key : {"data", "init"})
    if (manifest.contains(key) && manifest[key].is_array()) origin[key + "_sha256"] = digests(manifest[key]);
  return origin;
}

}  // namespace

SettingDifferences config_differences(const Json& a, const Json& b) {
  if (!a.is_object() || !b.is_object()) return {};
  const std::vector<const char*> names{"name", "description", "learners"};
  return differences(without(with_defaults(a), names), without(with_defaults(b), names));
}

SettingDifferences learner_differences(const Json& a, const std::string& name_a, const Json& b,
                                       const std::string& name_b) {
  if (!a.is_object() || !b.is_object()) return {};
  const std::vector<const char*> names{"name", "like"};
  return differences(without(learner_named(with_defaults(a), name_a), names),
                     without(learner_named(with_defaults(b), name_b), names),
                     "learners." + (name_a == name_b ? name_a : name_a + "/" + name_b));
}

SettingDifferences build_differences(const Json& a, const Json& b) {
  if (!a.is_object() || !b.is_object()) return {};
  return differences(origin(a), origin(b));
}

}  // namespace steq
