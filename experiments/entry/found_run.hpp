// SPDX-License-Identifier: MIT
// What is there of a run already, held against the run that is wanted.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "experiments/entry/run_differences.hpp"
#include "experiments/entry/run_state.hpp"
#include "records/checkpoint.hpp"

namespace steq {

/// By what a run is known.
struct RunIdentity {
  Json config;  ///< resolved
  /// A stored config as this version reads it, so that settings of later versions have their defaults. Throws
  /// InputError.
  std::function<Json(const Json& document, const std::string& file)> reread;
  /// {"data", "init"}: hashes() of the files that the config names. Throws as reading them does.
  std::function<Json()> files;
};

struct FoundRun {
  RunState state = RunState::none;
  std::filesystem::path place;                     ///< DIR, or DIR.partial
  RunDifferences differences = {};                 ///< why it is another run
  std::vector<Problem> damage = {};                ///< or why it cannot be read
  std::optional<FoundCheckpoint> checkpoint = {};  ///< of this run
};

/// Looks at DIR and DIR.partial and changes nothing; the places in what it returns are as `directory` is given.
FoundRun find_run(const std::filesystem::path& directory, const RunIdentity& run);

/// What is to be done there. Throws InputError where that is nothing that the wish allows, naming what differs.
Action required_action(const FoundRun& found, Wish wish);

/// What a checkpoint says of its run, beside the step: "config", "build", "data", "init" and the "directory" where the
/// program was called.
Json checkpoint_facts(const RunIdentity& run);

/// Throws InputError, naming each file, where those of the run are no longer what they were at the checkpoint.
void require_same_files(const Json& checkpoint, const RunIdentity& run);

}  // namespace steq
