// SPDX-License-Identifier: MIT
// Findings for human readers, at most 100 columns wide.
#pragma once

#include "experiments/commands/check_run.hpp"

namespace steq {

/// One block an assumption, worst first; what does not matter for the optimizer in one line; at the end the verdict.
std::string check_text(const std::vector<Assessment>& assessments);

}  // namespace steq
