// SPDX-License-Identifier: MIT
#include "experiments/config/config_reader.hpp"

#include <algorithm>

#include "experiments/config/home.hpp"

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

const PluginInfo* Catalogue::find(const std::string& name) const {
  const auto found = std::ranges::find(plugins, name, &PluginInfo::name);
  return found == plugins.end() ? nullptr : *found;
}

std::string names_of(const Catalogue& plugins) {
  std::vector<std::string> names;
  for (const PluginInfo* plugin : plugins.plugins) names.push_back(plugin->name);
  return fmt::format("the {}'s name: {}", plugins.kind, join(names));
}

bool without_parameters(const Catalogue& plugins) {
  return std::ranges::all_of(plugins.plugins, [](const PluginInfo* plugin) { return plugin->parameters.empty(); });
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
  const auto nested = [&](const std::string& name, const std::string& allowed) {
    if (!node.has(name) || to_value(node.json.at(name))) return false;
    node.at(name).report(fmt::format("{} is not allowed; allowed: {}", shown(node.json.at(name)), allowed));
    return true;
  };
  std::erase_if(declared, [&](const ParameterInfo& info) {
    return nested(info.name, allowed(info)) || std::ranges::any_of(info.former, [&](const FormerName& former) {
             return nested(former.name, former.allowed);
           });
  });
}

/// What the object gives of that parameter, under its name and former ones.
void add_given(const ConfigNode& node, const ParameterInfo& info, Values& given) {
  const auto add = [&](const std::string& name) {
    if (node.has(name)) given.emplace(name, *to_value(node.json.at(name)));
  };
  add(info.name);
  for (const FormerName& former : info.former) add(former.name);
}

/// A path that is missing is usually given on the command line.
void hint_at_paths(const ConfigNode& node, const std::vector<ParameterInfo>& declared) {
  for (const ParameterInfo& info : declared)
    for (Problem& problem : *node.problems)
      if (info.kind == Kind::path && !node.has(info.name) && problem.place == node.at(info.name).path)
        problem.text += fmt::format("; give it in the config or as --set {}=DIR", problem.place);
}

}  // namespace

void refuse_unknown(const ConfigNode& node, const std::vector<KnownName>& known) {
  std::vector<std::string> names;
  for (const KnownName& one : known) names.push_back(one.name);
  for (const auto& [key, value] : node.json.items())
    if (!is_known(key, known))
      node.at(key).report(fmt::format("unknown key; allowed: {}{}", join(names), suggestion(key, known)));
}

Values read_values(const ConfigNode& node, std::vector<ParameterInfo> declared) {
  refuse_nested(node, declared);
  Values given;
  for (const ParameterInfo& info : declared) add_given(node, info, given);
  Values values = resolve(declared, given, node.path, *node.problems).values();
  hint_at_paths(node, declared);
  for (const ParameterInfo& info : declared)
    if (const auto value = values.find(info.name); info.kind == Kind::path && value != values.end())
      value->second = with_home(std::get<std::string>(value->second));
  return values;
}

std::optional<Value> read_value(const ConfigNode& object, const ParameterInfo& info) {
  const Values values = read_values(object, {info});
  return values.empty() ? std::nullopt : std::optional(values.begin()->second);
}

Values read_object(const ConfigNode& node, const std::vector<ParameterInfo>& declared,
                   const std::vector<std::string>& sections) {
  if (!node.json.is_object()) return node.refuse("an object"), Values{};
  std::vector<KnownName> known;
  for (const std::string& section : sections) known.push_back({section});
  for (KnownName& name : known_names(declared)) known.push_back(std::move(name));
  refuse_unknown(node, known);
  return read_values(node, declared);
}

const PluginInfo* read_plugin_name(const ConfigNode& object, const std::string& key, const Catalogue& plugins) {
  const ConfigNode type = object.at(key);
  if (!type.json.is_string()) return type.refuse(names_of(plugins)), nullptr;
  const PluginInfo* info = plugins.find(type.json.get<std::string>());
  if (!info) type.report(plugins.unknown(type.json.get<std::string>()));
  return info;
}

Spec read_plugin(const ConfigNode& node, const std::string& key, const Catalogue& plugins,
                 const std::vector<ParameterInfo>& extra, std::vector<std::string> sections) {
  const ConfigNode object = expanded(node, key);
  if (!object.json.is_object()) return object.refuse(names_of(plugins)), Spec{};
  const PluginInfo* info = read_plugin_name(object, key, plugins);
  if (!info) return {};
  std::vector<ParameterInfo> declared = info->parameters;
  declared.insert(declared.end(), extra.begin(), extra.end());
  sections.insert(sections.begin(), key);
  return {info->name, read_object(object, declared, sections)};
}

}  // namespace steq
