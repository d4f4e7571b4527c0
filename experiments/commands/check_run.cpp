// SPDX-License-Identifier: MIT
#include "experiments/commands/check_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/commands/run_facts.hpp"
#include "theory/assumptions/saturation.hpp"

namespace steq {
namespace {

/// The learner to look at, and its counterpart where there is one.
struct Subject {
  std::string learner;
  std::optional<std::string> partner;
  std::vector<std::string> pair;
  std::optional<double> mask_mismatch_share;
};

bool straight_through(const AnalysedRun& run, const std::string& learner) {
  return learner_config(run, learner).estimator.name == "ste";
}

std::vector<Subject> subjects_of(const AnalysedRun& run) {
  std::vector<Subject> subjects;
  bool declared = false;
  for (const Json& c : run.stored().comparisons()) {
    if (c["kind"] != to_text(PairKind::equivalent)) continue;
    declared = true;
    const std::string a = c.at("a"), b = c.at("b");
    const auto mismatch = c.contains("metrics") ? number(c["metrics"], "mask_mismatch_share") : std::nullopt;
    const bool both = straight_through(run, a) && straight_through(run, b);
    if (both || !straight_through(run, a)) subjects.push_back({a, b, {a, b}, mismatch});
    if (!straight_through(run, b)) subjects.push_back({b, a, {a, b}, mismatch});
  }
  if (!declared)
    for (const LearnerConfig& learner : run.config()->learners)
      if (!straight_through(run, learner.name)) subjects.push_back({learner.name, {}, {}, {}});
  return subjects;
}

Measurements measurements(const Json& facts, const Subject& subject) {
  return {.largest_gradient = number(facts, "largest_gradient"),
          .largest_step = number(facts, "largest_step"),
          .dead_share = number(facts, "dead_share"),
          .mask_mismatch_share = subject.mask_mismatch_share,
          .small_moment_share = number(facts, "small_moment_share")};
}

std::unique_ptr<Estimator> estimator_on(const AnalysedRun& run, const std::string& learner, const Grid& grid) {
  return estimator_registry().make(learner_config(run, learner).estimator, run.stored().place("config.json"), grid);
}

std::vector<Finding> assess_tensor(const AnalysedRun& run, const Subject& subject, const Optimizer& optimizer,
                                   const Grid& grid, const std::string& tensor) {
  const Json& learner = facts_of(run, subject.learner);
  const Json& facts = learner["tensors"][tensor];
  const auto estimator = estimator_on(run, subject.learner, grid);
  Situation situation(*estimator, optimizer);
  situation.learning_rate = number(learner, "learning_rate").value_or(0) * number(facts, "rate_factor").value_or(1);
  situation.measured = measurements(facts, subject);
  if (subject.partner)
    situation.partner_reach = straightened_reach(*estimator_on(run, *subject.partner, grid), situation.rule);
  return assess(situation);
}

bool worse(const Finding& a, const Finding& b) {
  if (badness(a) != badness(b)) return badness(a) > badness(b);
  return a.how == Evidence::measured && a.value.value_or(0) > b.value.value_or(0);
}

void keep_worst(Assessment& assessment, const std::vector<Finding>& findings, const std::string& tensor) {
  if (assessment.findings.empty()) {
    assessment.findings = findings;
    assessment.tensors.assign(findings.size(), tensor);
  }
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (worse(findings[i], assessment.findings[i])) {
      assessment.findings[i] = findings[i];
      assessment.tensors[i] = tensor;
    }
}

Assessment assess_subject(const AnalysedRun& run, const Subject& subject) {
  const ExperimentConfig& config = *run.config();
  const std::string place = run.stored().place("config.json");
  const auto optimizer = optimizer_registry().make(config.optimizer.rule, place);
  Assessment assessment{subject.learner, subject.pair, config.optimizer.rule.name, {}, {}};
  for (const auto& [tensor, facts] : facts_of(run, subject.learner)["tensors"].items()) {
    const auto quantizer = quantizer_registry().make(config.quantizer, place, fan_in(run, subject.learner, tensor));
    keep_worst(assessment, assess_tensor(run, subject, *optimizer, quantizer->grid(), tensor), tensor);
  }
  return assessment;
}

}  // namespace

int badness(const Finding& finding) { return finding.holds ? (*finding.holds ? 0 : 2) : 1; }

std::vector<Assessment> assess_run(const std::string& directory) {
  const AnalysedRun run(directory);
  require_facts(run);
  try {
    std::vector<Assessment> assessments;
    for (const Subject& subject : subjects_of(run)) assessments.push_back(assess_subject(run, subject));
    return assessments;
  } catch (const Json::exception& error) {
    throw InputError(run.stored().place("summary.json"), fmt::format("is not what steq run writes: {}", error.what()));
  }
}

}  // namespace steq
