// SPDX-License-Identifier: MIT
// The tools with which a config is read. Nothing here throws: problems are collected, and what could not be read is
// left at an empty value that nobody will use.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/json_values.hpp"
#include "sim/core/plugin.hpp"

namespace steq {

/// A value of the document, and where it stands.
struct ConfigNode {
  Json json;         ///< null where the key is missing, discarded where it has been refused already
  std::string path;  ///< "learners[1].estimator", empty for the whole document
  std::vector<Problem>* problems;

  bool has(const std::string& key) const { return json.is_object() && json.contains(key); }
  ConfigNode at(const std::string& key) const;
  ConfigNode at(std::size_t index) const;

  void report(const std::string& text) const { problems->push_back({path, text}); }
  /// "VALUE is not allowed; allowed: ...", or "missing; required is ..." for a null.
  void refuse(const std::string& allowed) const;
};

/// What a registry declares, whatever its plug-ins make.
struct Catalogue {
  std::string kind;
  std::vector<const PluginInfo*> plugins;
  std::function<std::string(const std::string&)> unknown;

  /// Null where there is none of that name.
  const PluginInfo* find(const std::string& name) const;
};

template <class Signature>
Catalogue catalogue(const Registry<Signature>& registry) {
  Catalogue all{registry.kind(), {}, [&registry](const std::string& name) { return registry.unknown(name); }};
  for (const auto& entry : registry.entries()) all.plugins.push_back(&entry.info);
  return all;
}

/// "the quantizer's name: uniform, sign", for messages.
std::string names_of(const Catalogue& plugins);

/// A text such as "dsq:k=6.5" as the object {key: "dsq", "k": 6.5}; discarded where it is no SPEC. Anything else as it
/// is.
ConfigNode expanded(const ConfigNode& node, const std::string& key);

/// Whether none of the plug-ins has a parameter.
bool without_parameters(const Catalogue& plugins);

/// Reports every key of the object that is none of those.
void refuse_unknown(const ConfigNode& object, const std::vector<KnownName>& known);

/// The values of an object's keys by their declaration, defaults filled in; one that was refused is absent. A `~` that
/// begins a path is the home directory.
Values read_values(const ConfigNode& object, std::vector<ParameterInfo> declared);

/// The value of one key; nothing where it was refused, or is missing without a default.
std::optional<Value> read_value(const ConfigNode& object, const ParameterInfo& info);

/// read_values() of an object that has no other keys than those and `sections`, which somebody else reads.
Values read_object(const ConfigNode& node, const std::vector<ParameterInfo>& declared,
                   const std::vector<std::string>& sections = {});

/// The plug-in that the object names under `key`, or null, and reported.
const PluginInfo* read_plugin_name(const ConfigNode& object, const std::string& key, const Catalogue& plugins);

/// A plug-in given as a name, as SPEC text, or as an object whose `key` names it. Its values are complete and include
/// those of `extra`, parameters that belong to the section and not to the plug-in.
Spec read_plugin(const ConfigNode& node, const std::string& key, const Catalogue& plugins,
                 const std::vector<ParameterInfo>& extra = {}, std::vector<std::string> sections = {});

/// Removes and returns a value; T{} where it was refused.
template <class T>
T take(Values& values, const std::string& name) {
  const auto node = values.extract(name);
  const T* value = node ? std::get_if<T>(&node.mapped()) : nullptr;
  return value ? *value : T{};
}

/// The same for an integer of another width, which its declaration keeps in range.
template <class T>
T take_integer(Values& values, const std::string& name) {
  return static_cast<T>(take<std::int64_t>(values, name));
}

}  // namespace steq
