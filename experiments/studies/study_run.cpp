// SPDX-License-Identifier: MIT
#include "experiments/studies/study_run.hpp"

#include <algorithm>

#include "experiments/entry/found_run.hpp"
#include "experiments/studies/expectations.hpp"
#include "experiments/studies/measurements.hpp"
#include "experiments/studies/study_data.hpp"
#include "experiments/training/run.hpp"
#include "plots/studies/paired_comparisons.hpp"
#include "plots/studies/study_figures.hpp"
#include "plots/studies/study_tables.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/made_directories.hpp"
#include "records/run_contents.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// One run of a study.
struct PlannedRun {
  std::string variant;
  std::string directory;  ///< below the study's
  ExperimentConfig config;
  bool complete = false;  ///< already
};

/// A directory of something else is no place for a study.
void require_directory(const fs::path& directory) {
  std::error_code error;
  if (!fs::exists(directory, error) || is_study(directory)) return;
  if (!fs::is_directory(directory, error) || !fs::is_empty(directory, error))
    throw InputError(directory.string(),
                     "exists and is no study (none has written config.json or study.json there); "
                     "allowed: another --out");
}

Wish wish_of(const StudyOptions& options) { return options.force ? Wish::replace : Wish::either; }

/// Throws InputError where what is there is not this run.
bool is_complete(const PlannedRun& run, const StudyOptions& options) {
  const FoundRun found = find_run(options.directory / run.directory, identity_of(run.config));
  return required_action(found, wish_of(options)) == Action::nothing;
}

/// Every run, in the order of variants and seeds; with what is there already.
std::vector<PlannedRun> planned_runs(const StudyConfig& study, const StudyOptions& options) {
  require_directory(options.directory);
  std::vector<PlannedRun> plan;
  std::vector<Problem> problems;
  for (const StudyVariant& variant : study.variants)
    for (const std::uint64_t seed : study.seeds) {
      const std::string directory = fmt::format("runs/{}-seed-{}", variant.name, seed);
      plan.push_back({variant.name, directory, variant_config(study, variant, seed)});
      collect(problems, [&] { plan.back().complete = is_complete(plan.back(), options); });
    }
  throw_if_any(problems);
  if (!std::ranges::all_of(plan, &PlannedRun::complete)) require_data(study);
  return plan;
}

/// Trains where the run is not there; false where it was stopped.
bool make(const PlannedRun& run, const StudyOptions& options, const std::atomic<bool>& stop) {
  if (run.complete) return true;
  const RunOptions how{.directory = (options.directory / run.directory).string(),
                       .threads = options.threads,
                       .wish = wish_of(options),
                       .quiet = options.quiet,
                       .say = options.say};
  return run_experiment(run.config, how, stop).status != RunStatus::interrupted;
}

Json read(const fs::path& file) { return parse_json(read_file(file.string()), file.string()); }

/// The run's entry in study.json; what it measured is added to `measurements`.
Json entry(const PlannedRun& run, const StudyOptions& options, Json& measurements) {
  const Json summary = read(options.directory / run.directory / "summary.json");
  Json json{{"variant", run.variant},
            {"seed", run.config.seed},
            {"directory", run.directory},
            {"status", summary["status"]},
            {"steps", summary["steps"]}};
  for (Json& measurement : measurements_of(json, summary)) measurements.push_back(std::move(measurement));
  return json;
}

Json head(const StudyConfig& study) {
  Json variants = Json::array();
  for (const StudyVariant& variant : study.variants)
    variants.push_back(
        {{"name", variant.name}, {"config", resolved(variant_config(study, variant, study.seeds.front()))}});
  return {{"schema", 1},
          {"kind", "study"},
          {"name", study.name},
          {"description", study.description},
          {"quick", study.quick},
          {"seeds", study.seeds},
          {"variants", std::move(variants)},
          {"tables", study.tables},
          {"figure", study.figure},
          {"published", study.published}};
}

void write_json(const fs::path& file, const Json& json) { write_file_atomically(file.string(), file_text(json)); }

/// Its first file says whose directory it is.
void begin_study(const StudyConfig& study, const StudyOptions& options) {
  make_directories(options.directory);
  write_json(options.directory / "config.json", resolved(study));
}

void write_study(const StudyOptions& options, StudyOutcome& outcome) {
  write_json(options.directory / "study.json", outcome.study);
  write_study_tables(outcome.study, options.directory);
  try {
    draw_study_figure(outcome.study, options.directory);
  } catch (const IoError& error) {
    outcome.remark = std::string("no figure: ") + error.what();
  }
}

}  // namespace

void check_study(const StudyConfig& study, const StudyOptions& options) { planned_runs(study, options); }

StudyOutcome run_study(const StudyConfig& study, const StudyOptions& options, const std::atomic<bool>& stop) {
  const std::vector<PlannedRun> plan = planned_runs(study, options);
  begin_study(study, options);
  StudyOutcome outcome{.study = head(study)};
  Json runs = Json::array(), measurements = Json::array();
  for (std::size_t i = 0; i < plan.size() && !outcome.interrupted; ++i) {
    options.on_run(fmt::format("{} of {}: {}, seed {}{}", i + 1, plan.size(), plan[i].variant, plan[i].config.seed,
                               plan[i].complete ? " (there already)" : ""));
    outcome.interrupted = stop || !make(plan[i], options, stop);
    if (!outcome.interrupted) runs.push_back(entry(plan[i], options, measurements));
  }
  for (Json& control : other_seed_measurements(runs, options.directory)) measurements.push_back(std::move(control));
  outcome.study["status"] = outcome.interrupted ? "interrupted" : "complete";
  outcome.study["runs"] = std::move(runs);
  outcome.study["measurements"] = std::move(measurements);
  outcome.study["comparisons"] = paired_comparisons(outcome.study);
  outcome.study["expectations"] = outcome.interrupted ? Json::array() : met_expectations(outcome.study, study.expect);
  outcome.holds = std::ranges::all_of(outcome.study["expectations"], [](const Json& e) { return e["holds"] == true; });
  if (!outcome.study["runs"].empty()) write_study(options, outcome);
  return outcome;
}

}  // namespace steq
