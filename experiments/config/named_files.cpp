// SPDX-License-Identifier: MIT
#include "experiments/config/named_files.hpp"

#include <fmt/format.h>

namespace steq {
namespace {

void add_named_files(const Json& json, const std::string& place, const Json::json_pointer& at,
                     std::vector<NamedFile>& all) {
  if (json.is_object())
    for (const auto& [key, value] : json.items()) {
      const std::string below = place.empty() ? key : place + "." + key;
      if ((key == "file" || key == "run") && value.is_string())
        all.push_back({below, at / key, value.get<std::string>()});
      else
        add_named_files(value, below, at / key, all);
    }
  if (json.is_array())
    for (std::size_t i = 0; i < json.size(); ++i)
      add_named_files(json[i], fmt::format("{}[{}]", place, i), at / i, all);
}

}  // namespace

std::vector<NamedFile> named_files(const Json& config) {
  std::vector<NamedFile> all;
  add_named_files(config, "", Json::json_pointer(), all);
  return all;
}

}  // namespace steq
