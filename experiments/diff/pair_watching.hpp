// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "records/stored_run.hpp"

namespace steq {

/// What the logs of two learners both follow. Throws InputError where each follows something, and both nothing: no
/// weight, or no update.
Watching pair_watching(const StoredRun& run_a, const std::string& a, const StoredRun& run_b, const std::string& b);

/// The same of a control, narrowed to what the pair follows that it is held against, where the two are of one network.
Watching control_watching(const StoredRun& run_a, const std::string& a, const StoredRun& run_b, const std::string& b,
                          const Watching& pair);

}  // namespace steq
