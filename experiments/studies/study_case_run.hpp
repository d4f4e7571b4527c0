// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "experiments/studies/study_plan.hpp"
#include "experiments/training/summary.hpp"

namespace steq {

/// Which runs these are of all that are under way, for what the user is told.
struct RunCount {
  std::size_t before = 0, all = 0;
};

/// Makes the runs of a case that are not there, one stage after the other, keeping what is finished and going on with what
/// was cut off. A stage that breaks down is a result: then the case has diverged, and stages that begin from its weights
/// are left out. When `stop` is set the run under way is kept as far as it went. Writes nothing but the directory of the
/// case. Throws InputError where a stage that is there began from other weights than an earlier one has now made,
/// BusyError where another process has a run, IoError where writing fails.
RunStatus run_case(const PlannedCase& planned, const RunCount& count, const StudyOptions& options,
                   const std::atomic<bool>& stop);

}  // namespace steq
