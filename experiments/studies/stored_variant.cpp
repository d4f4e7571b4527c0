// SPDX-License-Identifier: MIT
#include "experiments/studies/stored_variant.hpp"

#include <fmt/format.h>

#include "records/checkpoint.hpp"
#include "records/differences.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"
#include "sim/core/parameters.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

Json read(const fs::path& file) { return parse_json(read_file(file.string()), file.string()); }

/// The first paths whose values differ, as "seed: 1, not 2".
std::string told(const SettingDifferences& all) {
  const auto text = [](const std::optional<Json>& json) { return json ? shown(*json) : std::string("nothing"); };
  std::vector<std::string> texts;
  for (const SettingDifference& found : all)
    if (texts.size() < 3) texts.push_back(fmt::format("{}: {}, not {}", found.path, text(found.a), text(found.b)));
  return join(texts);
}

}  // namespace

StoredState stored_state(const fs::path& directory, const ExperimentConfig& config) {
  std::error_code error;
  if (const fs::path partial = directory.string() + ".partial"; fs::exists(partial, error)) {
    if (find_checkpoint(partial)) return StoredState::unfinished;
    throw InputError(partial.string(), "exists: another program is writing it, or was cut off; remove it if none is");
  }
  if (!fs::exists(directory, error)) return StoredState::missing;
  for (const char* file : {"config.json", "summary.json", "manifest.json"})
    if (!fs::is_regular_file(directory / file, error))
      throw InputError(directory.string(), fmt::format("exists and has no {}; allowed: a run of this study", file));
  // Read again, so that settings of a later version of steq have their defaults.
  const Json there = settings_of(resolved(read_config(read(directory / "config.json"), directory / "config.json")));
  if (const SettingDifferences found = differences(there, settings_of(resolved(config))); !found.empty())
    throw InputError(directory.string(),
                     fmt::format("holds another run ({}); allowed: an --out of its own, or --force", told(found)));
  return read(directory / "summary.json").value("status", "") == "interrupted" ? StoredState::unfinished
                                                                               : StoredState::finished;
}

}  // namespace steq
