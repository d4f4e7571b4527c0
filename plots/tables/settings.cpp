// SPDX-License-Identifier: MIT
#include "plots/tables/settings.hpp"

#include <algorithm>

namespace steq {
namespace {

using Flat = std::vector<std::pair<std::string, std::string>>;

bool counts(const std::string& key) { return key != "name" && key != "description" && key != "like"; }

bool named_objects(const Json& array) {
  return std::ranges::all_of(array, [](const Json& item) { return item.is_object() && item.contains("name"); });
}

void flatten(const Json& json, const std::string& path, Flat& flat) {
  const std::string before = path.empty() ? "" : path + ".";
  if (json.is_object() && json.contains("of")) {
    flatten(json["of"], path, flat);  // numbers that the data gave are no setting
  } else if (json.is_object()) {
    for (const auto& [key, value] : json.items())
      if (counts(key)) flatten(value, before + key, flat);
  } else if (json.is_array() && !json.empty() && named_objects(json)) {
    for (const Json& item : json) flatten(item, before + item["name"].get<std::string>(), flat);
  } else if (json.is_null()) {
    flat.emplace_back(path, "none");
  } else {
    flat.emplace_back(path, json.is_string() ? json.get<std::string>() : json.dump());
  }
}

std::string value_at(const Flat& flat, const std::string& path) {
  const auto found = std::ranges::find(flat, path, &Flat::value_type::first);
  return found == flat.end() ? "-" : found->second;
}

}  // namespace

std::vector<Setting> differing_settings(const std::vector<Json>& documents) {
  std::vector<Flat> flats(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) flatten(documents[i], "", flats[i]);
  std::vector<Setting> settings;
  for (const Flat& flat : flats)
    for (const auto& [path, unused] : flat) {
      if (std::ranges::find(settings, path, &Setting::path) != settings.end()) continue;
      Setting& setting = settings.emplace_back(Setting{path, {}});
      for (const Flat& other : flats) setting.values.push_back(value_at(other, path));
    }
  std::erase_if(settings, [](const Setting& s) {
    return std::ranges::all_of(s.values, [&](const std::string& value) { return value == s.values[0]; });
  });
  return settings;
}

}  // namespace steq
