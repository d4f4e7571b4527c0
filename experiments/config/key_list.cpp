// SPDX-License-Identifier: MIT
#include "experiments/config/key_list.hpp"

#include <algorithm>
#include <regex>

#include "experiments/config/config_keys.hpp"

namespace steq {
namespace {

bool same(const KeyInfo& a, const KeyInfo& b) {
  return a.meaning == b.meaning && a.allowed == b.allowed && a.fallback == b.fallback && a.required == b.required;
}

/// Adds the parameter of a plug-in, to a meaning that others give it where there is one.
void add_meaning(ListedKey& key, const std::string& plugin, const KeyInfo& info) {
  const auto known = std::ranges::find_if(key.meanings, [&](const KeyMeaning& m) { return same(m.info, info); });
  if (known == key.meanings.end())
    key.meanings.push_back({{plugin}, info});
  else
    known->of.push_back(plugin);
}

/// The key that names the plug-in, and every parameter of any of them.
void add_plugins(std::vector<ListedKey>& all, const std::string& place, const KeyInfo& owner) {
  const Catalogue& plugins = *owner.plugins;
  const KeyInfo name{.name = owner.name_key,
                     .meaning = fmt::format("name of the {}", plugins.kind),
                     .allowed = names_of(plugins),
                     .kind = Kind::text,
                     .fallback = owner.fallback,
                     .required = owner.required};
  all.push_back({place + owner.name_key, {{{}, name}}});
  const auto first = static_cast<std::ptrdiff_t>(all.size());
  for (const PluginInfo* plugin : plugins.plugins)
    for (const ParameterInfo& parameter : plugin->parameters) {
      const ListedKey fresh{place + parameter.name, {}, plugins.kind};
      auto key =
          std::find_if(all.begin() + first, all.end(), [&](const auto& listed) { return listed.path == fresh.path; });
      if (key == all.end()) key = all.insert(key, fresh);
      add_meaning(*key, plugin->name, key_info(parameter));
    }
}

/// A plug-in that is written as its name alone has no keys.
bool has_keys(const KeyInfo& info) { return info.plugins && !without_parameters(*info.plugins); }

void add_keys(std::vector<ListedKey>& all, const std::string& place, const std::vector<KeyInfo>& keys) {
  for (const KeyInfo& info : keys) {
    const std::string path = place + info.name;
    all.push_back({path, {{{}, info}}});
    if (has_keys(info)) add_plugins(all, path + ".", info);
    add_keys(all, path + ".", info.keys);
  }
}

}  // namespace

const std::vector<ListedKey>& all_keys() {
  static const std::vector<ListedKey> all = [] {
    std::vector<ListedKey> listed;
    add_keys(listed, "", infos(document_keys()));
    return listed;
  }();
  return all;
}

std::string listed_path(const std::string& path) {
  static const std::regex index(R"(\[\d+\]|\.\d+(?=\.|$))"), inner(R"((\.layers)(?:\.(?:branch|shortcut))+(?=\.))");
  return std::regex_replace(std::regex_replace(path, index, ""), inner, "$1");
}

const ListedKey* find_key(const std::string& path) {
  const auto found = std::ranges::find(all_keys(), listed_path(path), &ListedKey::path);
  return found == all_keys().end() ? nullptr : &*found;
}

}  // namespace steq
