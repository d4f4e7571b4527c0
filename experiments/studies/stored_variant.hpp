// SPDX-License-Identifier: MIT
// Whether a run of a study is there already, so that an interrupted study goes on where it was.
#pragma once

#include <filesystem>

#include "experiments/config/config.hpp"

namespace steq {

enum class StoredState { missing, unfinished, finished };

/// Whether `directory` holds this experiment, its config the same but for name and description; `unfinished` where it
/// was interrupted. Throws InputError where it holds something else (naming what differs), or where another program
/// seems to be writing it.
StoredState stored_state(const std::filesystem::path& directory, const ExperimentConfig& config);

}  // namespace steq
