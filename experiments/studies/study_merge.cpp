// SPDX-License-Identifier: MIT
#include "experiments/studies/study_merge.hpp"

#include <algorithm>

#include "experiments/studies/expectations.hpp"
#include "experiments/studies/missing_cases.hpp"
#include "experiments/studies/study_results.hpp"
#include "plots/studies/paired_comparisons.hpp"
#include "plots/studies/study_figures.hpp"
#include "plots/studies/study_tables.hpp"
#include "records/directory_lock.hpp"
#include "records/files.hpp"
#include "records/made_directories.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

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

/// One process at a time.
void write_study(const StudyOptions& options, StudyOutcome& outcome) {
  const DirectoryLock lock(fs::absolute(options.directory), options.directory / "study.lock");
  write_json(options.directory / "study.json", outcome.study);
  write_study_tables(outcome.study, options.directory);
  try {
    draw_study_figure(outcome.study, options.directory);
  } catch (const IoError& error) {
    outcome.remark = std::string("no figure: ") + error.what();
  }
}

/// What the runs that are there measured; of a chain up to the first that is not.
StudyResults results_of(const std::vector<PlannedCase>& plan, const StudyOptions& options,
                        std::vector<MissingCase>& missing) {
  StudyResults results(options.directory);
  for (const PlannedCase& planned : plan) {
    const auto there = [&](const PlannedRun& run) { return run.complete || results.is_barred(run); };
    auto run = planned.runs.begin();
    for (; run != planned.runs.end() && there(*run); ++run) results.add(*run);
    if (run != planned.runs.end()) missing.push_back(missing_case(planned.of, *run, options));
  }
  return results;
}

}  // namespace

void begin_study(const StudyConfig& study, const StudyOptions& options) {
  make_directories(options.directory);
  write_json(options.directory / "config.json", resolved(study));
}

StudyOutcome merge_cases(const std::vector<StudyCase>& cases, const StudyOptions& options) {
  const StudyConfig& study = *cases.front().study;
  StudyOptions kept = options;
  kept.force = false;
  const std::vector<PlannedCase> plan = planned_cases(cases, kept);
  StudyOutcome outcome{.study = head(study)};
  const StudyResults results = results_of(plan, kept, outcome.missing);
  const bool complete = outcome.missing.empty();
  outcome.study["status"] = complete ? "complete" : "interrupted";
  results.write_to(outcome.study);
  outcome.study["comparisons"] = paired_comparisons(outcome.study);
  outcome.study["expectations"] = complete ? met_expectations(outcome.study, study.expect) : Json::array();
  outcome.holds = std::ranges::all_of(outcome.study["expectations"], [](const Json& e) { return e["holds"] == true; });
  if (results.empty()) return outcome;
  begin_study(study, kept);
  write_study(kept, outcome);
  return outcome;
}

}  // namespace steq
