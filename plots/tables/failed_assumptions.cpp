// SPDX-License-Identifier: MIT
#include "plots/tables/failed_assumptions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/core/parameters.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

bool fails(const Json& assumption) { return assumption.value("required", true) && assumption.at("holds") == false; }

/// "step_size (conv1.weight)"
std::string name_of(const Json& assumption) {
  const std::string name = assumption.at("name"), tensor = assumption.value("tensor", "");
  return tensor.empty() ? name : fmt::format("{} ({})", name, tensor);
}

}  // namespace

std::vector<std::string> failed_assumptions(const Json& check) {
  if (!check.is_object()) return {};
  std::map<std::string, std::vector<std::string>> failed;  // by pair
  for (const Json& assumption : check.at("assumptions")) {
    if (!fails(assumption) || !assumption.contains("pair")) continue;
    const Json& pair = assumption["pair"];
    std::vector<std::string>& names =
        failed[fmt::format("{} and {}", pair.at(0).get<std::string>(), pair.at(1).get<std::string>())];
    if (const std::string name = name_of(assumption); std::ranges::find(names, name) == names.end())
      names.push_back(name);
  }
  std::vector<std::string> sentences;
  for (const auto& [pair, names] : failed)
    sentences.push_back(fmt::format("{}: theory promises nothing about this pair, because {} fail{}", pair,
                                    names.size() == 1 ? "its assumption " + names[0] : "its assumptions " + join(names),
                                    names.size() == 1 ? "s" : ""));
  return sentences;
}

}  // namespace steq
