// SPDX-License-Identifier: MIT
#include "experiments/config/document_head.hpp"

#include "experiments/config/config.hpp"

namespace steq {

ParameterInfo count_key(const std::string& name, std::optional<Value> fallback) {
  return {.name = name,
          .kind = Kind::integer,
          .fallback = std::move(fallback),
          .meaning = {},
          .min = 1,
          .max = std::numeric_limits<std::uint32_t>::max(),
          .words = {}};
}

ParameterInfo text_key(const std::string& name, std::optional<Value> fallback, std::vector<std::string> words) {
  return {.name = name, .kind = Kind::text, .fallback = std::move(fallback), .meaning = {}, .words = std::move(words)};
}

ParameterInfo tolerance_key(double fallback) {
  return {.name = "tolerance", .fallback = Value(fallback), .meaning = {}, .min = 0, .min_excluded = true, .words = {}};
}

std::string read_name(const ConfigNode& node, Values& values) {
  std::string name = take<std::string>(values, "name");
  if (const std::string why = refused_name(name); !why.empty() && node.at("name").json.is_string())
    node.at("name").report(why);
  return name;
}

}  // namespace steq
