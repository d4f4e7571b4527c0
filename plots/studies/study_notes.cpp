// SPDX-License-Identifier: MIT
#include "plots/studies/study_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/studies/study_values.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::vector<std::string>;

std::string spread_note(std::size_t count, const char* what) {
  return fmt::format("Median [min, max] over {} {}; one number where all agree.", count, what);
}

bool has(const Names& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

}  // namespace

Names notes_on_seeds(const Json& study, const Names& pairs) {
  std::vector<const Json*> of_seeds, of_pairs;  // the pair with most measurements of either kind
  for (const std::string& pair : pairs) {
    const auto found = measurements_of_pair(study, pair);
    if (found.empty()) continue;
    auto& most = (*found[0])["kind"] == "other-seed" ? of_pairs : of_seeds;
    if (found.size() > most.size()) most = found;
  }
  Names notes;
  if (of_seeds.size() == 1) notes.push_back(fmt::format("Seed {}.", (*of_seeds[0])["seed"].get<std::string>()));
  if (of_seeds.size() > 1) notes.push_back(spread_note(of_seeds.size(), "seeds"));
  if (of_pairs.size() == 1) notes.push_back("Other seed: one pair of seeds.");
  if (of_pairs.size() > 1) notes.push_back("Other seed: " + spread_note(of_pairs.size(), "pairs of seeds"));
  return notes;
}

Names notes_on_published(const Json& study, const Names& pairs, const Names& metrics) {
  Names notes;
  for (const Json& entry : study["published"]) {
    const std::string note = "Published: " + entry["citation"].get<std::string>();
    if (has(pairs, entry["of"]) && has(metrics, entry["row"]) && !has(notes, note)) notes.push_back(note);
  }
  return notes;
}

}  // namespace steq
