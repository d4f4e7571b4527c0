// SPDX-License-Identifier: MIT
#include "plots/studies/study_values.hpp"

#include <algorithm>

namespace steq {

using Json = nlohmann::ordered_json;

std::vector<const Json*> measurements_of_pair(const Json& study, const std::string& pair) {
  std::vector<const Json*> found;
  for (const char* list : {"measurements", "earlier_stages"})
    if (study.contains(list))
      for (const Json& measurement : study[list])
        if (measurement["of"] == pair) found.push_back(&measurement);
  return found;
}

std::vector<double> values_of(const Json& study, const std::string& pair, const std::string& name) {
  std::vector<double> values;
  for (const Json* measurement : measurements_of_pair(study, pair))
    if (const Json value = (*measurement)["values"].value(name, Json());
        (*measurement)["status"] != "diverged" && value.is_number())
      values.push_back(value.get<double>());
  return values;
}

const Json* at_path(const Json& config, const std::string& path) {
  const Json* at = &config;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string key = path.substr(begin, end - begin);
    if (!at->is_object() || !at->contains(key)) return nullptr;
    at = &at->at(key);
    begin = end + 1;
  }
  return at;
}

}  // namespace steq
