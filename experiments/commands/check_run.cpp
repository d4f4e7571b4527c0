// SPDX-License-Identifier: MIT
#include "experiments/commands/check_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiments/commands/run_facts.hpp"
#include "sim/quantizers/range_one.hpp"
#include "theory/assumptions/recipe_failures.hpp"
#include "theory/assumptions/saturation.hpp"
#include "theory/estimator_facts.hpp"
#include "theory/warnings.hpp"

namespace steq {
namespace {

/// The learner to look at, and its counterpart where there is one.
struct CheckedLearner {
  std::string learner;
  std::optional<std::string> partner;
  std::vector<std::string> pair;
  std::optional<double> mask_mismatch_share;
};

/// The quantized tensors of a learner, each with its grid as the learner began.
using Grids = std::map<std::string, Grid>;

Grids grids_of(const AnalysedRun& run, const std::string& learner) {
  const Spec& quantizer = learner_config(run, learner).quantizer;
  Grids grids;
  for (const auto& [tensor, facts] : facts_of(run, learner)["tensors"].items()) {
    const auto made =
        quantizer_registry().make(quantizer, run.stored().place("config.json"), tensor_shape(run, learner, tensor));
    grids.emplace(tensor, made->grid());
  }
  return grids;
}

std::unique_ptr<Estimator> estimator_on(const AnalysedRun& run, const std::string& learner, const Grid& grid) {
  return estimator_registry().make(learner_config(run, learner).estimator, run.stored().place("config.json"), grid);
}

std::unique_ptr<Quantizer> quantizer_of(const AnalysedRun& run, const std::string& learner) {
  return quantizer_registry().make(learner_config(run, learner).quantizer, run.stored().place("config.json"),
                                   TensorShape{kFanInOfRangeOne});
}

std::vector<Finding> failures_of(const AnalysedRun& run, const std::string& learner) {
  const LearnerConfig& config = learner_config(run, learner);
  const auto storage = storage_registry().make(config.storage, run.stored().place("config.json"));
  return recipe_failures({*quantizer_of(run, learner), config.quantizer.name, *storage, config.storage.name});
}

std::vector<CheckedLearner> checked_learners(const AnalysedRun& run) {
  const auto is_ste = [&](const std::string& learner) {
    if (!failures_of(run, learner).empty()) return false;
    return std::ranges::all_of(grids_of(run, learner), [&](const auto& tensor) {
      return straight_through(*estimator_on(run, learner, tensor.second));
    });
  };
  std::vector<CheckedLearner> checked;
  bool declared = false;
  for (const Json& c : run.stored().comparisons()) {
    if (c["kind"] != to_text(PairKind::equivalent)) continue;
    declared = true;
    const std::string a = c.at("a"), b = c.at("b");
    const auto mismatch = c.contains("metrics") ? number(c["metrics"], "mask_mismatch_share") : std::nullopt;
    const bool both = is_ste(a) && is_ste(b);
    if (both || !is_ste(a)) checked.push_back({a, b, {a, b}, mismatch});
    if (!is_ste(b)) checked.push_back({b, a, {a, b}, mismatch});
  }
  if (!declared)
    for (const LearnerConfig& learner : run.config()->learners)
      if (!facts_of(run, learner.name)["tensors"].empty() && !is_ste(learner.name)) checked.push_back({learner.name, {}, {}, {}});
  return checked;
}

Measurements measurements(const Json& facts, const CheckedLearner& checked) {
  return {.largest_gradient = number(facts, "largest_gradient"),
          .largest_step = number(facts, "largest_step"),
          .dead_share = number(facts, "dead_share"),
          .mask_mismatch_share = checked.mask_mismatch_share,
          .small_moment_share = number(facts, "small_moment_share")};
}

std::vector<Finding> assess_tensor(const AnalysedRun& run, const CheckedLearner& checked, const Optimizer& optimizer,
                                   const Grid& grid, const std::string& tensor, Assessment& assessment) {
  const Json& learner = facts_of(run, checked.learner);
  const Json& facts = learner["tensors"][tensor];
  const auto estimator = estimator_on(run, checked.learner, grid);
  Situation situation(*estimator, optimizer);
  add_class(assessment, situation);
  situation.learning_rate = number(learner, "learning_rate").value_or(0) * number(facts, "rate_factor").value_or(1);
  situation.measured = measurements(facts, checked);
  if (checked.partner)
    situation.partner_reach = straightened_reach(*estimator_on(run, *checked.partner, grid), situation.rule);
  return assess(situation);
}

bool worse(const Finding& a, const Finding& b) {
  if (severity(a) != severity(b)) return severity(a) > severity(b);
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

Assessment assess_learner(const AnalysedRun& run, const CheckedLearner& checked) {
  const OptimizerConfig& config = learner_config(run, checked.learner).optimizer;
  if (std::vector<Finding> failures = failures_of(run, checked.learner); !failures.empty()) {
    Assessment assessment{checked.learner, checked.pair, config.rule.name, std::move(failures)};
    const std::string tensor = facts_of(run, checked.learner)["tensors"].begin().key();
    assessment.tensors.assign(assessment.findings.size(), tensor);
    for (const Finding& failure : assessment.findings) assessment.class_failures.push_back(failure.name);
    return assessment;
  }
  const auto optimizer = optimizer_registry().make(config.rule, run.stored().place("config.json"));
  Assessment assessment{checked.learner, checked.pair, config.rule.name, {}};
  for (const auto& [tensor, grid] : grids_of(run, checked.learner))
    keep_worst(assessment, assess_tensor(run, checked, *optimizer, grid, tensor, assessment), tensor);
  return assessment;
}

}  // namespace

void add_class(Assessment& assessment, const Situation& situation) {
  const auto add = [](std::vector<std::string>& list, const std::string& text) {
    if (std::ranges::find(list, text) == list.end()) list.push_back(text);
  };
  for (const Finding& failure : class_failures(situation)) add(assessment.class_failures, failure.name);
  for (const std::string& warning : estimator_warnings(situation.estimator)) add(assessment.warnings, warning);
}

int severity(const Finding& finding) { return finding.holds ? (*finding.holds ? 0 : 2) : 1; }

std::vector<Assessment> assess_run(const std::string& directory) {
  const AnalysedRun run(directory);
  require_facts(run);
  try {
    std::vector<Assessment> assessments;
    for (const CheckedLearner& checked : checked_learners(run)) assessments.push_back(assess_learner(run, checked));
    return assessments;
  } catch (const Json::exception& error) {
    throw InputError(run.stored().place("summary.json"), fmt::format("is not what steq run writes: {}", error.what()));
  }
}

}  // namespace steq
