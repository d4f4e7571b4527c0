// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/diff/run_diff.hpp"

namespace steq {

/// The document of `steq diff --json`.
Json diff_json(const RunDiff& diff);

}  // namespace steq
