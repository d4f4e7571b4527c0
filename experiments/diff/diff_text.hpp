// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/diff/run_diff.hpp"

namespace steq {

/// For human readers: only what differs, the verdict last.
std::string diff_text(const RunDiff& diff);

}  // namespace steq
