// SPDX-License-Identifier: MIT
// `steq reproduce`: all cases of a study, one after the other, and what is made of them.
#pragma once

#include <atomic>

#include "experiments/studies/study_case.hpp"
#include "experiments/studies/study_merge.hpp"

namespace steq {

/// Runs every case of one study as run_case() does and merges them. Throws as trainable_cases() does, before anything is written,
/// and as run_case() does. When `stop` is set the run under way is kept as far as it went, and what is there is merged.
StudyOutcome run_cases(const std::vector<StudyCase>& cases, const StudyOptions& options, const std::atomic<bool>& stop);

}  // namespace steq
