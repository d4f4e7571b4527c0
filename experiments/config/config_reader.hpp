// SPDX-License-Identifier: MIT
// The tools with which the sections of a config are read. Nothing here throws: problems are collected, and what could
// not be read is left at an empty value that nobody will use.
#pragma once

#include <functional>
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
  std::vector<std::string> names;
  std::function<const PluginInfo*(const std::string&)> find;
  std::function<std::string(const std::string&)> unknown;
};

template <class Signature>
Catalogue catalogue(const Registry<Signature>& registry) {
  return {registry.kind(), registry.names(),
          [&registry](const std::string& name) {
            const auto* entry = registry.find(name);
            return entry ? &entry->info : nullptr;
          },
          [&registry](const std::string& name) { return registry.unknown(name); }};
}

/// The key that names the plug-in of a section ("type", in `data` "dataset", in `init` "scheme"), or an empty text
/// where the section holds no plug-in.
std::string plugin_key(const std::string& section);

/// A text such as "dsq:k=6.5" as the object {key: "dsq", "k": 6.5}; discarded where it is no SPEC. Anything else as it
/// is.
ConfigNode expanded(const ConfigNode& node, const std::string& key);

/// The values of an object by its declaration, defaults filled in. `sections` are further keys, read by somebody else.
/// A value that was refused is absent.
Values read_object(const ConfigNode& node, std::vector<ParameterInfo> declared,
                   const std::vector<std::string>& sections = {});

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
