// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/case_run.hpp"

#include <algorithm>

#include "experiments/training/progress.hpp"
#include "records/files.hpp"
#include "records/manifest.hpp"

namespace steq {
namespace {

Json run_all(const CaseRun& run, const RunDirectory& directory, const RunOptions& options,
             const std::atomic<bool>& stop) {
  Json cases = Json::array();
  ProgressBar bar(run.name, run.cases, options.quiet);
  for (std::size_t i = 0; i < run.cases && !stop; ++i) {
    bar.show(i, fmt::format("case {} of {}", i + 1, run.cases));
    Json entry = run.run(i, directory);
    if (!stop) cases.push_back(std::move(entry));
  }
  return cases;
}

}  // namespace

RunOutcome run_cases(const CaseRun& run, const RunOptions& options, const std::atomic<bool>& stop) {
  if (options.existing == Existing::resume)
    throw InputError(
        "--resume",
        fmt::format("not for experiments of kind \"{}\", which are short; allowed: a training run", run.kind));
  RunDirectory directory(options.directory.empty() ? "runs/" + run.name : options.directory, options.existing);
  RunOutcome outcome{.directory = directory.directory().string()};
  const Json cases = run_all(run, directory, options, stop);
  if (cases.size() < run.cases) outcome.status = RunStatus::interrupted;
  outcome.holds = std::all_of(cases.begin(), cases.end(), [](const Json& c) { return c["holds"].get<bool>(); });
  outcome.summary = {{"schema", 1},
                     {"kind", run.kind},
                     {"name", run.name},
                     {"description", run.description},
                     {"status", to_text(outcome.status)},
                     {"holds", outcome.holds},
                     {"cases", cases}};
  write_file_atomically(directory.file("summary.json"), outcome.summary.dump(2) + "\n");
  write_file_atomically(directory.file("config.json"), run.config.dump(2) + "\n");
  try {
    if (!cases.empty()) run.draw(directory.staging());
  } catch (const IoError& error) {
    outcome.remark = std::string("no figure: ") + error.what();
  }
  const Json facts = manifest({.seed = run.seed, .threads = options.threads, .results = directory.staging()});
  write_file_atomically(directory.file("manifest.json"), facts.dump(2) + "\n");
  directory.commit();
  return outcome;
}

}  // namespace steq
