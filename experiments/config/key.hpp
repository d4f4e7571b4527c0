// SPDX-License-Identifier: MIT
// A key of a config is declared once: name, meaning, kind, range and default, and the member that holds its value. From
// the declaration follow reading, writing, `like`, the comparison of two learners, --set and `steq describe config`.
#pragma once

#include "experiments/config/config_reader.hpp"
#include "sim/metrics/pair_kind.hpp"

namespace steq {

/// What is declared of a key, whatever struct holds its value.
struct KeyInfo {
  std::string name;
  std::string meaning;              ///< one phrase, with the unit where there is one
  std::string allowed;              ///< as messages say it
  std::optional<Kind> kind = {};    ///< of a plain value
  Json fallback = nullptr;          ///< the default; null where there is none
  bool required = false;            ///< where it is missing, and no `like` gives it
  std::vector<Alias> aliases = {};  ///< other names under which people look for it
  std::string name_key = {};        ///< of an object that a SPEC may stand for: the key of the SPEC's name, as "type"
  std::optional<Catalogue> plugins = {};  ///< what may stand there; its parameters are keys of the object too
  std::vector<KeyInfo> keys = {};         ///< of the object, or of each object of the list
  std::optional<PairKind> control = {};   ///< of a learner's key: the kind of a pair that differs in nothing else
};

/// Of a parameter that is a key. One without a default is required where nothing else is said.
KeyInfo key_info(const ParameterInfo& parameter);

/// A key of an `Owner`. Each function takes the object that has the key.
template <class Owner>
struct Key {
  KeyInfo info;
  std::function<void(const ConfigNode& object, Owner& owner)> read;
  std::function<void(const Owner& owner, Json& object)> write;  ///< may leave the key out
  std::function<void(const Owner& from, Owner& to)> copy = {};  ///< null where `like` does not copy it
};

/// The keys of an object.
template <class Owner>
struct KeyTable {
  std::vector<Key<Owner>> keys;
  std::string name_key = {};              ///< see KeyInfo
  std::optional<Catalogue> plugins = {};  ///< named by `name_key`; what it declares stands beside `keys`
  Spec Owner::*plugin = nullptr;          ///< holds it
  /// Looks at what was read of the object, and at the values together; may be null.
  std::function<void(const ConfigNode& object, Owner& owner)> check = {};
};

template <class Owner>
std::vector<KeyInfo> infos(const KeyTable<Owner>& table) {
  std::vector<KeyInfo> all;
  for (const Key<Owner>& key : table.keys) all.push_back(key.info);
  return all;
}

/// Every key of the object that stands in the table; `parameters` are those of the plug-in that it names.
template <class Owner>
std::vector<KnownName> known_keys(const KeyTable<Owner>& table, const std::vector<ParameterInfo>& parameters) {
  std::vector<KnownName> known;
  if (table.plugins) known.push_back({table.name_key});
  for (KnownName& name : known_names(parameters)) known.push_back(std::move(name));
  for (KnownName& name : known_names(infos(table))) known.push_back(std::move(name));
  return known;
}

/// Reads all keys of the object at `node`, which may be given as a SPEC where the table has a `name_key`.
template <class Owner>
void read_table(const ConfigNode& node, const KeyTable<Owner>& table, Owner& owner) {
  const ConfigNode object = table.name_key.empty() ? node : expanded(node, table.name_key);
  if (!object.json.is_object()) return object.refuse(table.plugins ? names_of(*table.plugins) : "an object");
  if (table.plugins) {
    const PluginInfo* plugin = read_plugin_name(object, table.name_key, *table.plugins);
    if (plugin) {
      refuse_unknown(object, known_keys(table, plugin->parameters));
      owner.*table.plugin = {plugin->name, read_values(object, plugin->parameters)};
    }
  } else {
    refuse_unknown(object, known_keys(table, {}));
  }
  for (const Key<Owner>& key : table.keys) key.read(object, owner);
  if (table.check) table.check(object, owner);
}

/// Reading it again gives the same.
template <class Owner>
Json write_table(const KeyTable<Owner>& table, const Owner& owner) {
  Json object = table.plugins ? to_json(owner.*table.plugin, table.name_key) : Json::object();
  for (const Key<Owner>& key : table.keys) key.write(owner, object);
  return object;
}

/// The declarations of the keys in which the two differ, among those that `like` copies.
template <class Owner>
std::vector<const KeyInfo*> differing_keys(const KeyTable<Owner>& table, const Owner& a, const Owner& b) {
  std::vector<const KeyInfo*> differing;
  for (const Key<Owner>& key : table.keys) {
    Json of_a = Json::object(), of_b = Json::object();
    key.write(a, of_a);
    key.write(b, of_b);
    if (key.copy && of_a != of_b) differing.push_back(&key.info);
  }
  return differing;
}

}  // namespace steq
