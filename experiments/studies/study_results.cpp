// SPDX-License-Identifier: MIT
#include "experiments/studies/study_results.hpp"

#include "experiments/studies/measurements.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

/// The run as study.json names it.
Json entry_of(const PlannedRun& run) {
  Json entry{{"variant", run.variant}, {"seed", run.config.seed}};
  if (!run.stage.empty()) entry["stage"] = run.stage;
  entry["directory"] = run.directory;
  return entry;
}

/// The same as pairs name it: of the variant in the last stage, of the stage before that.
Json named_for_pairs(const PlannedRun& run, Json entry) {
  if (!run.last) entry["variant"] = run.name();
  return entry;
}

void append(Json all, Json& to) {
  for (Json& one : all) to.push_back(std::move(one));
}

}  // namespace

void StudyResults::add(const PlannedRun& run) {
  if (is_barred(run))
    add_barred(run);
  else
    add_finished(run);
}

void StudyResults::add_finished(const PlannedRun& run) {
  const std::string file = (directory_ / run.directory / "summary.json").string();
  const Json summary = parse_json(read_file(file), file);
  Json entry = entry_of(run);
  entry["status"] = summary["status"];
  entry["steps"] = summary["steps"];
  append(measurements_of(named_for_pairs(run, entry), summary), run.last ? measurements_ : earlier_);
  if (run.last) last_runs_.push_back(entry);
  if (summary["status"] == "diverged") broken_[run.directory] = entry;
  runs_.push_back(std::move(entry));
}

const Json* StudyResults::cause_of(const PlannedRun& run) const {
  for (const StageSource& source : run.sources)
    if (const auto found = broken_.find(source.directory); found != broken_.end()) return &found->second;
  return nullptr;
}

void StudyResults::add_barred(const PlannedRun& run) {
  const Json cause = *cause_of(run);
  Json entry = named_for_pairs(run, entry_of(run));
  for (const char* key : {"directory", "status", "steps"}) entry[key] = cause[key];
  append(barred_measurements(entry, run.config), run.last ? barred_ : earlier_);
  broken_[run.directory] = cause;
}

/// Those that could not begin come last: they know no values.
void StudyResults::write_to(Json& study) const {
  study["runs"] = runs_;
  study["measurements"] = measurements_;
  append(other_seed_measurements(last_runs_, directory_), study["measurements"]);
  append(barred_, study["measurements"]);
  study["earlier_stages"] = earlier_;
}

}  // namespace steq
