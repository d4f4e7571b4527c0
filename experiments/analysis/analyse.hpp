// SPDX-License-Identifier: MIT
// What is computed from a run directory after the run, so that it needs no new training.
#pragma once

#include <filesystem>

#include "records/named_control.hpp"

namespace steq {

/// Writes every table that the run holds enough for (see registry.cpp) into run_directory/tables, and
/// weights/LEARNER-mapped.safetensors for every learner that a comparison maps. What is there already is replaced.
/// Throws InputError as AnalysedRun does, IoError where a file cannot be written.
void analyse(const std::filesystem::path& run_directory, const NamedControls& controls = {});

}  // namespace steq
