// SPDX-License-Identifier: MIT
// How a run comes to its directory.
#pragma once

#include <memory>

#include "experiments/entry/found_run.hpp"
#include "records/run_directory.hpp"

namespace steq {

struct RunEntry {
  std::unique_ptr<RunDirectory> directory;      ///< begun, or gone on in
  std::optional<FoundCheckpoint> checkpoint{};  ///< from which the run goes on
};

/// Takes the lock, looks at what is there, and does what the wish asks for; no entry where all is done already. Throws
/// InputError where that is refused, BusyError where another process has the directory, IoError.
std::optional<RunEntry> enter_run(const std::filesystem::path& place, const RunIdentity& run, Wish wish);

/// "steq run --resume DIR", ready for a shell.
std::string resume_command(const std::filesystem::path& directory);

}  // namespace steq
