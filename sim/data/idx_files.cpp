// SPDX-License-Identifier: MIT
#include "sim/data/idx_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>

namespace steq {
namespace {

namespace fs = std::filesystem;

/// Files of one prefix; empty texts for those that are not there.
using IdxSet = std::array<std::string, 4>;
using IdxSets = std::map<std::string, IdxSet>;  // by prefix

bool complete(const IdxSet& set) {
  return std::ranges::none_of(set, [](const std::string& path) { return path.empty(); });
}

/// Plain files come first, as in sorted names they do; so the first of a kind stays.
void add(IdxSets& sets, const std::string& name, const fs::path& path) {
  const auto parsed = parse_idx_name(name);
  std::error_code error;
  if (!parsed || !fs::is_regular_file(path, error)) return;
  std::string& file = sets[parsed->prefix][parsed->place];
  if (file.empty()) file = path.string();
}

IdxSets sets_in(const fs::path& directory) {
  IdxSets sets;
  for (const std::string& name : names_in(directory)) {
    add(sets, name, directory / name);
    std::error_code error;
    if (parse_idx_name(name) && fs::is_directory(directory / name, error))
      for (const std::string& inner : names_in(directory / name)) add(sets, inner, directory / name / inner);
  }
  return sets;
}

struct FoundSets {
  std::string directory;
  IdxSets sets;
};

[[noreturn]] void refuse_several(const std::string& directory, const std::vector<std::string>& names) {
  throw InputError(directory, fmt::format("holds several sets of files: {}; allowed: one of them, as {}", join(names),
                                          (fs::path(directory) / names.front()).string()));
}

/// The directory itself where it holds any file, or the one of its folders that does.
FoundSets find_sets(const std::string& directory, const std::vector<std::string>& folders) {
  FoundSets found{directory, sets_in(directory)};
  if (!found.sets.empty()) return found;
  std::vector<std::string> holding;
  for (const std::string& folder : folders) {
    const std::string candidate = (fs::path(directory) / folder).string();
    IdxSets sets = sets_in(candidate);
    if (sets.empty()) continue;
    holding.push_back(folder);
    found = {candidate, std::move(sets)};
  }
  if (holding.size() > 1) refuse_several(directory, holding);
  return found;
}

std::string list_missing(const std::string& prefix, const IdxSet& set) {
  std::string missing;
  for (std::size_t i = 0; i < set.size(); ++i)
    if (set[i].empty()) missing += (missing.empty() ? "" : ", ") + (prefix.empty() ? "" : prefix + "-") + kIdxFiles[i];
  return missing;
}

/// MNIST's own names, or the only complete set, or the only one.
IdxSets::const_iterator chosen(const FoundSets& found) {
  const auto own = found.sets.find("");
  if (own != found.sets.end() && complete(own->second)) return own;
  std::vector<IdxSets::const_iterator> good;
  std::vector<std::string> prefixes;
  for (auto set = found.sets.begin(); set != found.sets.end(); ++set)
    if (complete(set->second)) good.push_back(set), prefixes.push_back(set->first);
  if (good.size() > 1) refuse_several(found.directory, prefixes);
  return good.empty() ? found.sets.begin() : good.front();
}

}  // namespace

std::optional<IdxName> parse_idx_name(const std::string& name) {
  static const std::regex form(
      R"((?:(.+)[-_.])?(train|t10k|test)[-_.](images|labels)[-_.]idx\d-(?:ubyte|int|float|double)(?:\.gz)?)");
  std::smatch match;
  if (!std::regex_match(name, match, form)) return std::nullopt;
  return IdxName{match[1].str(), (match[2] == "train" ? 0u : 2u) + (match[3] == "labels" ? 1u : 0u)};
}

std::array<std::string, 4> find_idx_files(const std::string& path, const std::vector<std::string>& folders,
                                          const std::string& source) {
  const FileSource files{source, [](const std::string& name) { return parse_idx_name(name).has_value(); }};
  std::error_code error;
  fs::path directory = path;
  if (!directory.has_filename()) directory = directory.parent_path();
  if (!fs::exists(directory, error)) {
    const FoundSets found = find_sets(directory.parent_path().string(), folders);
    const auto set = found.sets.find(directory.filename().string());
    if (set != found.sets.end() && complete(set->second)) return set->second;
  }
  const FoundSets found = find_sets(path, folders);
  if (found.sets.empty()) throw missing_files(path, list_missing("", {}), files);
  const auto& [prefix, set] = *chosen(found);
  if (!complete(set)) throw missing_files(found.directory, list_missing(prefix, set), files);
  return set;
}

}  // namespace steq
