// SPDX-License-Identifier: MIT
#include "experiments/config/config_reader.hpp"

#include <algorithm>

namespace steq {

ConfigNode ConfigNode::at(const std::string& key) const {
  return {has(key) ? json.at(key) : Json(), path.empty() ? key : path + "." + key, problems};
}

ConfigNode ConfigNode::at(std::size_t index) const {
  return {json.at(index), fmt::format("{}[{}]", path, index), problems};
}

void ConfigNode::refuse(const std::string& allowed) const {
  if (json.is_discarded()) return;
  report(json.is_null() ? "missing; required is " + allowed
                        : fmt::format("{} is not allowed; allowed: {}", shown(json), allowed));
}

std::string plugin_key(const std::string& section) {
  static const std::map<std::string, std::string> keys{
      {"data", "dataset"},  {"init", "scheme"},    {"model", "type"},    {"quantizer", "type"},  {"optimizer", "type"},
      {"schedule", "type"}, {"estimator", "type"}, {"gradient", "type"}, {"prediction", "type"}, {"augment", "type"}};
  const auto found = keys.find(section);
  return found == keys.end() ? "" : found->second;
}

ConfigNode expanded(const ConfigNode& node, const std::string& key) {
  if (!node.json.is_string()) return node;
  try {
    const Spec spec = parse_spec(node.json.get<std::string>(), node.path);
    if (spec.values.contains(key)) throw InputError(node.path, fmt::format("\"{}\" is not a parameter", key));
    return {to_json(spec, key), node.path, node.problems};
  } catch (const InputError& error) {
    node.problems->insert(node.problems->end(), error.problems().begin(), error.problems().end());
    return {Json(Json::value_t::discarded), node.path, node.problems};
  }
}

namespace {

/// Takes the values that are no values at all (null, arrays, objects) out of both lists, reporting them.
void refuse_nested(const ConfigNode& node, std::vector<ParameterInfo>& declared) {
  std::erase_if(declared, [&](const ParameterInfo& info) {
    if (!node.has(info.name) || to_value(node.json.at(info.name))) return false;
    const Json& json = node.json.at(info.name);
    node.at(info.name).report(fmt::format("{} is not allowed; allowed: {}", shown(json), allowed(info)));
    return true;
  });
}

void refuse_unknown(const ConfigNode& node, const std::vector<std::string>& names) {
  for (const auto& [key, value] : node.json.items())
    if (std::find(names.begin(), names.end(), key) == names.end())
      node.at(key).report(fmt::format("unknown key; allowed: {}{}", join(names), suggestion(key, names)));
}

}  // namespace

Values read_object(const ConfigNode& node, std::vector<ParameterInfo> declared,
                   const std::vector<std::string>& sections) {
  if (!node.json.is_object()) return node.refuse("an object"), Values{};
  std::vector<std::string> names = sections;
  for (const ParameterInfo& info : declared) names.push_back(info.name);
  refuse_unknown(node, names);
  refuse_nested(node, declared);
  Values given;
  for (const ParameterInfo& info : declared)
    if (node.has(info.name)) given.emplace(info.name, *to_value(node.json.at(info.name)));
  return resolve(declared, given, node.path, *node.problems).values();
}

Spec read_plugin(const ConfigNode& node, const std::string& key, const Catalogue& plugins,
                 const std::vector<ParameterInfo>& extra, std::vector<std::string> sections) {
  const ConfigNode section = expanded(node, key);
  const std::string names = fmt::format("the {}'s name: {}", plugins.kind, join(plugins.names));
  if (!section.json.is_object()) return section.refuse(names), Spec{};
  const ConfigNode type = section.at(key);
  if (!type.json.is_string()) return type.refuse(names), Spec{};
  const PluginInfo* info = plugins.find(type.json.get<std::string>());
  if (!info) return type.report(plugins.unknown(type.json.get<std::string>())), Spec{};
  std::vector<ParameterInfo> declared = info->parameters;
  declared.insert(declared.end(), extra.begin(), extra.end());
  sections.insert(sections.begin(), key);
  return {info->name, read_object(section, std::move(declared), sections)};
}

}  // namespace steq
