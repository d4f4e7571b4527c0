// SPDX-License-Identifier: MIT
// What the runs of a study leave in its study.json.
#pragma once

#include <map>

#include "experiments/studies/study_plan.hpp"

namespace steq {

class StudyResults {
 public:
  explicit StudyResults(std::filesystem::path directory) : directory_(std::move(directory)) {}

  /// Whether the run cannot begin, as a stage whose weights it reads broke down.
  bool is_barred(const PlannedRun& run) const { return cause_of(run) != nullptr; }

  /// Takes what a run measured from its summary.json. The pairs of one that is barred have diverged where that stage did.
  /// Throws as reading the file does.
  void add(const PlannedRun& run);

  /// Whether a run broke down.
  bool has_broken() const { return !broken_.empty(); }

  bool empty() const { return runs_.empty(); }

  /// Sets "runs", "measurements" and "earlier_stages", which are measurements of stages before the last. Throws
  /// InputError where a run cannot be read.
  void write_to(Json& study) const;

 private:
  const Json* cause_of(const PlannedRun& run) const;
  void add_finished(const PlannedRun& run);
  void add_barred(const PlannedRun& run);

  std::filesystem::path directory_;
  Json runs_ = Json::array(), last_runs_ = Json::array();
  Json measurements_ = Json::array(), earlier_ = Json::array(), barred_ = Json::array();
  std::map<std::string, Json> broken_;  ///< by directory the run that broke down, this or an earlier one
};

}  // namespace steq
