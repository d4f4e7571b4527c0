// SPDX-License-Identifier: MIT
#include "experiments/studies/study_run.hpp"

#include <numeric>

#include "experiments/studies/study_case_run.hpp"

namespace steq {
namespace {

/// False where it was stopped.
bool run_all(const std::vector<PlannedCase>& plan, const StudyOptions& options, const std::atomic<bool>& stop) {
  RunCount count;
  for (const PlannedCase& planned : plan) count.all += planned.runs.size();
  for (const PlannedCase& planned : plan) {
    if (run_case(planned, count, options, stop) == RunStatus::interrupted) return false;
    count.before += planned.runs.size();
  }
  return true;
}

}  // namespace

StudyOutcome run_cases(const std::vector<StudyCase>& cases, const StudyOptions& options,
                       const std::atomic<bool>& stop) {
  const std::vector<PlannedCase> plan = trainable_cases(cases, options);
  begin_study(*cases.front().study, options);
  const bool all = run_all(plan, options, stop);
  StudyOutcome outcome = merge_cases(cases, options);
  outcome.interrupted = !all;
  return outcome;
}

}  // namespace steq
