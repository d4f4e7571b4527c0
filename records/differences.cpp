// SPDX-License-Identifier: MIT
#include "records/differences.hpp"

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

}  // namespace steq
