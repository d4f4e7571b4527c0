// SPDX-License-Identifier: MIT
// The frame of a run that goes through a list of cases.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "experiments/training/run.hpp"
#include "records/run_directory.hpp"

namespace steq {

struct CaseRun {
  std::string kind, name, description;
  std::uint64_t seed = 1;
  RunIdentity identity;  ///< with its resolved config
  std::size_t cases = 0;
  /// Simulates case i, writes its table and returns its entry of the summary, with at least "name" and "holds".
  std::function<Json(std::size_t i, const RunDirectory& directory)> run;
  std::function<void(const std::filesystem::path& directory)> draw;
};

/// Of an experiment that has a name, a description, a seed, cases and a resolved config, which `read` reads.
template <class Experiment, class Read, class Run, class Draw>
CaseRun case_run(const std::string& kind, const Experiment& experiment, const Read& read, const Run& run,
                 const Draw& draw) {
  const auto reread = [read](const Json& document, const std::string& file) { return resolved(read(document, file)); };
  const auto no_files = [] { return Json{{"data", Json::array()}, {"init", Json::array()}}; };
  return {.kind = kind,
          .name = experiment.name,
          .description = experiment.description,
          .seed = experiment.seed,
          .identity = {.config = resolved(experiment), .reread = reread, .files = no_files},
          .cases = experiment.cases.size(),
          .run = run,
          .draw = draw};
}

/// Runs one case after the other and writes summary.json, config.json, manifest.json and the figure; when `stop` is set
/// during a case, that one is left out. There are no checkpoints: what was interrupted begins again. Throws as
/// run_experiment() does.
RunOutcome run_cases(const CaseRun& run, const RunOptions& options, const std::atomic<bool>& stop);

}  // namespace steq
