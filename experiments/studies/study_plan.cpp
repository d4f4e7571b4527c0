// SPDX-License-Identifier: MIT
#include "experiments/studies/study_plan.hpp"

#include <algorithm>

#include "experiments/config/stage_files.hpp"
#include "experiments/studies/chain_inputs.hpp"
#include "experiments/studies/study_data.hpp"
#include "experiments/training/run.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/run_contents.hpp"
#include "records/sha256.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// As cases leave it that were run one by one; a merge may be about to write there.
bool holds_only_runs(const fs::path& directory) {
  std::error_code error;
  return std::ranges::all_of(fs::directory_iterator(directory, error), [](const auto& entry) {
    return entry.path().filename() == "runs" || is_temporary(entry.path());
  });
}

/// A directory of something else is no place for a study.
void require_study_directory(const fs::path& directory) {
  std::error_code error;
  if (!fs::exists(directory, error) || is_study(directory)) return;
  if (fs::is_directory(directory, error) && holds_only_runs(directory)) return;
  throw InputError(directory.string(),
                   "exists and is no study (none has written config.json or study.json there); allowed: another --out");
}

/// Nor is a run a place for the stages of a chain.
void require_chain_directory(const fs::path& directory) {
  if (is_run(directory)) throw InputError(directory.string(), "holds one run, and no stages; allowed: another --out");
}

StageSource source_of(const StudyCase& c, const StageFile& file, const fs::path& study_directory) {
  const std::string directory = c.directory_of(file.stage);
  return {directory, (study_directory / directory / "weights" / (file.learner + "-final.safetensors")).string()};
}

/// With the real places of files that earlier stages write.
PlannedRun planned_run(const StudyCase& c, const StudyStage& stage, const fs::path& directory) {
  PlannedRun run{.variant = c.variant->name,
                 .stage = stage.name,
                 .last = c.variant->is_last(stage),
                 .directory = c.directory_of(stage.name),
                 .config = stage_config(*c.study, *c.variant, stage, c.seed),
                 .sources = {}};
  const Json document = with_stage_files(resolved(run.config), [&](const StageFile& file) {
    run.sources.push_back(source_of(c, file, directory));
    return run.sources.back().file;
  });
  if (!run.sources.empty()) run.config = read_config(document, run.config.file);
  return run;
}

Json manifest_in(const fs::path& directory) {
  const std::string file = (directory / "manifest.json").string();
  return parse_json(read_file(file), file);
}

/// Files of stages that are still to be made are taken for those that the run has read.
RunIdentity identity_for(const PlannedRun& run, const fs::path& place) {
  RunIdentity identity = identity_of(run.config);
  if (!run.sources_there)
    identity.files = [place] {
      const Json manifest = manifest_in(place);
      return Json{{"data", manifest.value("data", Json::array())}, {"init", manifest.value("init", Json::array())}};
    };
  return identity;
}

/// Names with their hashes the files that what is there was made from; null where nothing is.
Json what_it_read(const FoundRun& found, Action action) {
  if (action == Action::go_on) return found.checkpoint->checkpoint.about;
  return action == Action::nothing ? manifest_in(found.place) : Json();
}

void require_same_sources(const PlannedRun& run, const Json& read, const fs::path& place) {
  if (read.is_null() || !run.sources_there) return;
  const std::string known = read.dump();
  for (const StageSource& source : run.sources)
    if (std::error_code error; fs::exists(source.file, error) && known.find(sha256_of_file(source.file)) == known.npos)
      throw InputError(place.string(), fmt::format("holds another run (it read another {} than is there now); allowed: "
                                                   "an --out of its own, or --force",
                                                   source.file));
}

/// Throws InputError where what is there is not this run.
void look_at(PlannedRun& run, const StudyOptions& options) {
  const fs::path place = options.directory / run.directory;
  const FoundRun found = find_run(place, identity_for(run, place));
  const Action action = required_action(found, wish_of(options));
  run.state = found.state;
  run.complete = action == Action::nothing;
  run.diverged = run.complete && stored_outcome(found.place).status == RunStatus::diverged;
  require_same_sources(run, what_it_read(found, action), place);
}

/// What is wrong is added to the problems.
PlannedCase planned_case(const StudyCase& c, const StudyOptions& options, std::vector<Problem>& problems) {
  if (c.variant->is_chain()) collect(problems, [&] { require_chain_directory(options.directory / c.directory()); });
  PlannedCase planned{c, {}};
  std::vector<PlannedRun>& runs = planned.runs;
  for (const StudyStage& stage : c.variant->stages) {
    PlannedRun run = planned_run(c, stage, options.directory);
    for (const StageSource& source : run.sources) {
      const PlannedRun& earlier = *std::ranges::find(runs, source.directory, &PlannedRun::directory);
      run.sources_there = run.sources_there && earlier.complete;
      run.barred = run.barred || earlier.diverged || earlier.barred;
    }
    collect(problems, [&] { look_at(run, options); });
    runs.push_back(std::move(run));
  }
  return planned;
}

bool is_done(const PlannedCase& c) {
  return std::ranges::all_of(c.runs, [](const PlannedRun& run) { return run.complete || run.barred; });
}

}  // namespace

Wish wish_of(const StudyOptions& options) { return options.force ? Wish::replace : Wish::either; }

std::vector<PlannedCase> planned_cases(const std::vector<StudyCase>& cases, const StudyOptions& options) {
  require_study_directory(options.directory);
  std::vector<PlannedCase> plan;
  std::vector<Problem> problems;
  for (const StudyCase& c : cases) plan.push_back(planned_case(c, options, problems));
  throw_if_any(problems);
  return plan;
}

std::vector<PlannedCase> trainable_cases(const std::vector<StudyCase>& cases, const StudyOptions& options) {
  std::vector<PlannedCase> plan = planned_cases(cases, options);
  if (std::ranges::all_of(plan, is_done)) return plan;
  require_data(cases);
  require_chain_inputs(cases);
  return plan;
}

void require_unchanged(PlannedRun run, const StudyOptions& options) {
  if (run.sources_there) return;
  run.sources_there = true;
  look_at(run, options);
}

}  // namespace steq
