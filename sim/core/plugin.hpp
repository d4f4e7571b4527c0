// SPDX-License-Identifier: MIT
// A plug-in is one file plus one line in its folder's registry.cpp. Parsing, errors, documentation and the generic
// tests follow from the PluginInfo that the file declares.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/notation.hpp"
#include "sim/core/parameters.hpp"

namespace steq {

/// What another library calls the same thing.
struct Elsewhere {
  std::string library, name;
  std::string here;    ///< the SPEC to write in its place; empty where there is none
  std::string remark;  ///< what differs, or goes with it; may be empty
};

struct PluginInfo {
  std::string name;      ///< what users type; also the file's name (with _ for -)
  std::string summary;   ///< one sentence
  std::string formula;   ///< plain text; empty where there is none
  std::string citation;  ///< paper, section, equation; empty where it is common knowledge
  std::vector<ParameterInfo> parameters;
  std::vector<Alias> aliases = {};
  std::string convention = {};  ///< how the cited authors write it, and what that is here; empty where it is the same
  std::vector<Elsewhere> elsewhere = {};
  /// Of an estimator or surrogate the SPEC of a quantizer to show it on, of a quantizer "weights" where activations will
  /// not do, of a loss "teacher" where labels alone will not; empty where anything will.
  std::string needs = {};
};

/// The plug-in as pages and tests show it: with its defaults, and an example of each parameter that has none.
inline Spec example_of(const PluginInfo& info) {
  Spec spec{info.name, {}};
  for (const ParameterInfo& parameter : info.parameters)
    if (parameter.example) spec.values.emplace(parameter.name, *parameter.example);
  return spec;
}

/// A named factory: `make` receives complete, checked parameters and whatever else the kind needs.
template <class Signature>
struct Plugin {
  PluginInfo info;
  std::function<Signature> make;
};

template <class Signature>
class Registry {
 public:
  using Entry = Plugin<Signature>;

  Registry(std::string kind, std::vector<Entry> entries) : kind_(std::move(kind)), entries_(std::move(entries)) {}

  const std::string& kind() const { return kind_; }
  const std::vector<Entry>& entries() const { return entries_; }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const Entry& entry : entries_) names.push_back(entry.info.name);
    return names;
  }

  /// Null where there is none of that name.
  const Entry* find(const std::string& name) const {
    for (const Entry& entry : entries_)
      if (entry.info.name == name) return &entry;
    return nullptr;
  }

  /// Why `name` is refused: lists the valid names.
  std::string unknown(const std::string& name) const {
    return fmt::format("unknown {} \"{}\"; allowed: {}{}", kind_, name, join(names()), suggested(name));
  }

  /// Throws InputError naming `place` where the name or a parameter is not allowed.
  template <class... Args>
  auto make(const Spec& spec, const std::string& place, Args&&... args) const {
    const Entry* entry = find(spec.name);
    if (!entry) throw InputError(place, unknown(spec.name));
    const Parameters parameters = resolve(entry->info.parameters, spec.values, place);
    try {
      return entry->make(parameters, std::forward<Args>(args)...);
    } catch (const ParameterError& error) {
      throw InputError(at_place(with_what(error.problems(), to_text(spec)), place));
    }
  }

 private:
  std::string suggested(const std::string& name) const {
    std::vector<KnownName> known;
    for (const Entry& entry : entries_) known.push_back({entry.info.name, entry.info.aliases});
    return suggestion(name, known);
  }

  std::string kind_;
  std::vector<Entry> entries_;
};

}  // namespace steq
