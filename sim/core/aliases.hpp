// SPDX-License-Identifier: MIT
// Suggestions to who writes a name that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace steq {

/// Another name under which people look for a thing. It is not accepted: the message says what to write.
struct Alias {
  std::string name;
  std::string instead = {};  ///< as it follows "did you mean"; empty: the thing's own name
};

struct KnownName {
  std::string name;
  std::vector<Alias> aliases = {};
  std::vector<std::string> former = {};  ///< accepted, and not proposed
};

/// Of things that have a name and aliases, and may have former names.
template <class Things>
std::vector<KnownName> known_names(const Things& things) {
  std::vector<KnownName> known;
  for (const auto& thing : things) {
    known.push_back({thing.name, thing.aliases});
    if constexpr (requires { thing.former; })
      for (const auto& former : thing.former) known.back().former.push_back(former.name);
  }
  return known;
}

/// Whether the word is one of the names, or a former one.
bool is_known(std::string_view word, const std::vector<KnownName>& known);

/// The name that is meant where `word` is one or an alias of one, but for capitals, spaces and hyphens; else the one
/// nearest in spelling: `; did you mean "adam" with decoupled_decay?`. An empty text if none is near.
std::string suggestion(std::string_view word, const std::vector<KnownName>& known);

/// The same of names without aliases.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace steq
