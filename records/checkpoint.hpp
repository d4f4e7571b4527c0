// SPDX-License-Identifier: MIT
// The state of a run that is not over, so that it can go on: DIR/checkpoint, and the one before it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

struct Checkpoint {
  Json about;         ///< of whom it is: the resolved config, the build, the step
  std::string state;  ///< see sim/core/archive.hpp
};

/// Writes DIR/checkpoint whole or not at all; the earlier one becomes DIR/checkpoint.previous. At every moment one of
/// them can be read. Throws IoError.
void write_checkpoint(const std::filesystem::path& directory, const Checkpoint& checkpoint);

struct FoundCheckpoint {
  Checkpoint checkpoint;
  std::string remark;  ///< why it is not the newest one; empty where it is
};

/// The newest that is whole. Nothing where there is none at all; throws InputError where all are damaged.
std::optional<FoundCheckpoint> find_checkpoint(const std::filesystem::path& directory);

/// True where a file there begins as a checkpoint does, whole or not.
bool has_checkpoint(const std::filesystem::path& directory);

/// The names that checkpoints have in their directory.
std::vector<std::string> checkpoint_files();

void remove_checkpoints(const std::filesystem::path& directory);

}  // namespace steq
