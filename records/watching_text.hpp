// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "records/stored_run.hpp"

namespace steq {

/// "Levels are those of a sample: 100 of 4000 weights, after every 10 updates." Empty where all weights were followed
/// after every update.
std::string watching_text(const StoredRun& run, const std::string& learner, const Watching& watching);

}  // namespace steq
