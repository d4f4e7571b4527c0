// SPDX-License-Identifier: MIT
#include "sim/core/aliases.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace steq {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substituted}));
    }
  }
  return row[b.size()];
}

/// "MultiStep-LR" as "multisteplr".
std::string plain(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
  }
  return letters;
}

std::string question(const std::string& what) { return "; did you mean " + what + "?"; }

std::string quoted(const std::string& name) { return '"' + name + '"'; }

/// The text of `instead`, or the name in quotes; empty where the word is no name of the thing.
std::string meant(const std::string& word, const KnownName& known) {
  if (word == plain(known.name)) return quoted(known.name);
  for (const Alias& alias : known.aliases)
    if (word == plain(alias.name)) return alias.instead.empty() ? quoted(known.name) : alias.instead;
  return "";
}

}  // namespace

bool is_known(std::string_view word, const std::vector<KnownName>& known) {
  return std::ranges::any_of(known, [&](const KnownName& one) {
    return one.name == word || std::ranges::find(one.former, word) != one.former.end();
  });
}

std::string suggestion(std::string_view word, const std::vector<KnownName>& known) {
  const std::string letters = plain(word);
  std::vector<std::string> names;
  for (const KnownName& one : known) {
    if (const std::string text = letters.empty() ? "" : meant(letters, one); !text.empty()) return question(text);
    names.push_back(one.name);
  }
  return suggestion(word, names);
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  std::size_t best = std::max<std::size_t>(2, word.size() / 3) + 1;
  const std::string* nearest = nullptr;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) best = distance, nearest = &candidate;
  }
  return nearest ? question(quoted(*nearest)) : "";
}

}  // namespace steq
