// SPDX-License-Identifier: MIT
#include "experiments/studies/study_case_run.hpp"

#include "experiments/studies/study_results.hpp"
#include "experiments/training/run.hpp"
#include "records/made_directories.hpp"

namespace steq {
namespace {

/// Trains where the run is not there; false where it was stopped. Weights from which one began that is there may have
/// been made anew since.
bool make(const PlannedRun& run, const StudyOptions& options, const std::atomic<bool>& stop) {
  if (run.complete) return require_unchanged(run, options), true;
  const RunOptions how{.directory = (options.directory / run.directory).string(),
                       .threads = options.threads,
                       .wish = wish_of(options),
                       .quiet = options.quiet,
                       .say = options.say};
  return run_experiment(run.config, how, stop).status != RunStatus::interrupted;
}

std::string progress_text(const PlannedRun& run, bool barred) {
  const std::string stage = run.stage.empty() ? "" : ", stage " + run.stage;
  const char* remark = barred         ? " (left out: a stage from which it begins broke down)"
                       : run.complete ? " (there already)"
                                      : "";
  return fmt::format("{}, seed {}{}{}", run.variant, run.config.seed, stage, remark);
}

}  // namespace

RunStatus run_case(const PlannedCase& planned, const RunCount& count, const StudyOptions& options,
                   const std::atomic<bool>& stop) {
  make_directories(options.directory / "runs");  // for good: other cases may be about to begin there
  StudyResults results(options.directory);
  for (std::size_t i = 0; i < planned.runs.size(); ++i) {
    const PlannedRun& run = planned.runs[i];
    const bool barred = results.is_barred(run);
    options.on_run(fmt::format("{} of {}: {}", count.before + i + 1, count.all, progress_text(run, barred)));
    if (stop || (!barred && !make(run, options, stop))) return RunStatus::interrupted;
    results.add(run);
  }
  return results.has_broken() ? RunStatus::diverged : RunStatus::complete;
}

}  // namespace steq
