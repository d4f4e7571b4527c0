// SPDX-License-Identifier: MIT
#include "experiments/studies/study_run.hpp"

#include <algorithm>

#include "experiments/studies/expectations.hpp"
#include "experiments/studies/study_results.hpp"
#include "experiments/training/run.hpp"
#include "plots/studies/paired_comparisons.hpp"
#include "plots/studies/study_figures.hpp"
#include "plots/studies/study_tables.hpp"
#include "records/files.hpp"
#include "records/made_directories.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

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

/// The last stage speaks for a chain.
Json variant_json(const StudyConfig& study, const StudyVariant& variant) {
  const auto config_of = [&](const StudyStage& stage) {
    return resolved(stage_config(study, variant, stage, study.seeds.front()));
  };
  Json json{{"name", variant.name}, {"config", config_of(variant.stages.back())}};
  if (variant.is_chain())
    for (const StudyStage& stage : variant.stages)
      json["stages"].push_back({{"name", stage.name}, {"config", config_of(stage)}});
  return json;
}

Json head(const StudyConfig& study) {
  Json variants = Json::array();
  for (const StudyVariant& variant : study.variants) variants.push_back(variant_json(study, variant));
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

std::string progress_text(const PlannedRun& run, bool barred) {
  const std::string stage = run.stage.empty() ? "" : ", stage " + run.stage;
  const char* remark = barred         ? " (left out: a stage from which it begins broke down)"
                       : run.complete ? " (there already)"
                                      : "";
  return fmt::format("{}, seed {}{}{}", run.variant, run.config.seed, stage, remark);
}

/// One run after the other.
StudyResults make_all(const std::vector<PlannedRun>& plan, const StudyOptions& options, const std::atomic<bool>& stop,
                      bool& interrupted) {
  StudyResults results(options.directory);
  for (std::size_t i = 0; i < plan.size() && !interrupted; ++i) {
    const bool barred = results.is_barred(plan[i]);
    options.on_run(fmt::format("{} of {}: {}", i + 1, plan.size(), progress_text(plan[i], barred)));
    interrupted = stop || (!barred && !make(plan[i], options, stop));
    if (interrupted) break;
    if (barred)
      results.add_barred(plan[i]);
    else
      results.add(plan[i]);
  }
  return results;
}

}  // namespace

void check_study(const StudyConfig& study, const StudyOptions& options) { planned_runs(study, options); }

StudyOutcome run_study(const StudyConfig& study, const StudyOptions& options, const std::atomic<bool>& stop) {
  const std::vector<PlannedRun> plan = planned_runs(study, options);
  begin_study(study, options);
  StudyOutcome outcome{.study = head(study)};
  const StudyResults results = make_all(plan, options, stop, outcome.interrupted);
  outcome.study["status"] = outcome.interrupted ? "interrupted" : "complete";
  results.write_to(outcome.study);
  outcome.study["comparisons"] = paired_comparisons(outcome.study);
  outcome.study["expectations"] = outcome.interrupted ? Json::array() : met_expectations(outcome.study, study.expect);
  outcome.holds = std::ranges::all_of(outcome.study["expectations"], [](const Json& e) { return e["holds"] == true; });
  if (!results.empty()) write_study(options, outcome);
  return outcome;
}

}  // namespace steq
