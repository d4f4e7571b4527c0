// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/case_run.hpp"

#include <algorithm>

#include "experiments/entry/run_entry.hpp"
#include "experiments/terminal/progress.hpp"
#include "records/files.hpp"
#include "records/manifest.hpp"

namespace steq {
namespace {

void write_json(const RunDirectory& directory, const std::string& name, const Json& json) {
  write_file_atomically(directory.file(name), file_text(json));
}

Json run_all(const CaseRun& run, const RunDirectory& directory, const RunOptions& options,
             const std::atomic<bool>& stop) {
  Json cases = Json::array();
  const std::string plan =
      fmt::format("{}, {}, in {}", counted(run.cases, "case"),
                  counted(static_cast<std::size_t>(options.threads), "thread"), directory.directory().string());
  Progress progress(run.name, run.cases, plan, standard_screen(options.quiet));
  for (std::size_t i = 0; i < run.cases && !stop; ++i) {
    progress.show(i, fmt::format("case {} of {}", i + 1, run.cases));
    Json entry = run.run(i, directory);
    if (!stop) cases.push_back(std::move(entry));
  }
  return cases;
}

RunOutcome run_in(const RunDirectory& directory, const CaseRun& run, const RunOptions& options,
                  const std::atomic<bool>& stop) {
  write_json(directory, "config.json", run.identity.config);
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
  write_json(directory, "summary.json", outcome.summary);
  try {
    if (!cases.empty()) run.draw(directory.staging());
  } catch (const IoError& error) {
    options.say(std::string("no figure: ") + error.what());
  }
  write_json(directory, "manifest.json",
             manifest({.seed = run.seed, .threads = options.threads, .results = directory.staging()}));
  return outcome;
}

}  // namespace

RunOutcome run_cases(const CaseRun& run, const RunOptions& options, const std::atomic<bool>& stop) {
  if (options.wish == Wish::resume)
    throw InputError(
        "--resume",
        fmt::format("not for experiments of kind \"{}\", which are short; allowed: a training run", run.kind));
  const std::filesystem::path place = place_of(options, run.name);
  if (required_action(find_run(place, run.identity), options.wish) == Action::nothing) return stored_outcome(place);
  const std::optional<RunEntry> entry = enter_run(place, run.identity, options.wish);
  if (!entry) return stored_outcome(place);
  if (const std::string& remark = entry->directory->remark(); !remark.empty()) options.say(remark);
  const RunOutcome outcome = run_in(*entry->directory, run, options, stop);
  if (const std::string remark = entry->directory->commit(); !remark.empty()) options.say(remark);
  return outcome;
}

}  // namespace steq
