// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/diff/run_diff.hpp"

namespace steq {

/// For human readers: the verdict, then only what differs.
std::string diff_text(const RunDiff& diff);

}  // namespace steq
