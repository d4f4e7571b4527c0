// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "experiments/diff/run_diff.hpp"

namespace steq {

/// What of the two runs is compared, and up to where; empty where that is all of both.
std::string extent_text(const RunDiff& diff);

}  // namespace steq
