// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/config/key_list.hpp"

namespace steq {
namespace {

void add_facts(Json& json, const KeyInfo& info) {
  json["allowed"] = info.allowed;
  json["default"] = info.fallback;
  json["required"] = info.required;
}

/// What stands below the key, and where more is said of it.
void add_parts(Json& json, const KeyInfo& info) {
  std::vector<std::string> names;
  for (const KeyInfo& key : info.keys) names.push_back(key.name);
  if (!names.empty()) json["keys"] = join(names);
  if (!info.plugins) return;
  const std::string& kind = info.plugins->kind;
  json["see"] = fmt::format("steq describe {}{}", kind, kind.ends_with('s') ? "es" : "s");
}

Json of_key(const ListedKey& key) {
  const KeyInfo& info = key.meanings.front().info;
  Json json{{"name", key.path}, {"summary", info.meaning}};
  add_facts(json, info);
  add_parts(json, info);
  return json;
}

Json of_parameter(const ListedKey& key) {
  std::string summary;
  Json plugins = Json::array();
  for (const auto& [of, info] : key.meanings) {
    summary += fmt::format("{}{}: {}", summary.empty() ? "" : "; ", join(of), info.meaning);
    plugins.push_back({{"name", join(of)}, {"meaning", info.meaning}});
    add_facts(plugins.back(), info);
  }
  Json json{{"name", key.path}, {"summary", summary}};
  if (key.meanings.size() == 1) add_facts(json, key.meanings.front().info);
  json["plugins"] = std::move(plugins);
  return json;
}

}  // namespace

std::vector<Json> config_entries() {
  std::vector<Json> entries;
  for (const ListedKey& key : all_keys()) entries.push_back(key.plugins.empty() ? of_key(key) : of_parameter(key));
  return entries;
}

}  // namespace steq
