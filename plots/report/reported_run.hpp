// SPDX-License-Identifier: MIT
// A run directory with everything that the sections of a report ask for.
#pragma once

#include <map>
#include <memory>

#include "records/stored_learner.hpp"

namespace steq {

/// What a report says that cannot be read from a run directory alone.
// NOLINTNEXTLINE(bugprone-exception-escape): clang-tidy takes the move constructor of Json for one that throws
struct ReportFacts {
  Json check = nullptr;                ///< the document of steq check; null where it is not known
  std::vector<std::string> citations;  ///< of the plug-ins that the run used
};

class ReportedRun {
 public:
  /// Throws InputError as StoredRun and StoredLearner do.
  explicit ReportedRun(const std::filesystem::path& directory, ReportFacts facts = {},
                       const NamedControls& controls = {});

  const StoredRun& stored() const { return stored_; }
  const ReportFacts& facts() const { return facts_; }
  std::string name() const { return stored_.name(); }
  /// The run's name; among several runs its directory, without what all have in common.
  std::string label() const { return label_.empty() ? name() : label_; }
  void set_label(const std::string& label) { label_ = label; }

  /// As StoredRun has them; what summary.json does not say of a pair is measured in the logs. Learners of different
  /// networks have no such pair.
  const Json& comparisons() const { return comparisons_; }
  /// The one that main_pair_place() chooses; null without any.
  const Json& main_pair() const;

  /// Read when it is first asked for.
  const LearnerTrace& learner(const std::string& name) const;

 private:
  Json complete(Json comparison) const;

  StoredRun stored_;
  ReportFacts facts_;
  std::string label_;
  mutable std::map<std::string, std::unique_ptr<StoredLearner>> learners_;
  Json comparisons_;
};

using Runs = std::vector<std::unique_ptr<ReportedRun>>;

/// Gives several runs labels that tell them apart.
void label_by_directory(const Runs& runs);

/// "q-hat / ste"
std::string pair_name(const Json& comparison);

}  // namespace steq
