// SPDX-License-Identifier: MIT
#include "experiments/commands/check.hpp"

#include <algorithm>

#include "experiments/commands/check_run.hpp"
#include "experiments/commands/check_text.hpp"
#include "experiments/commands/recipe.hpp"
#include "records/json_values.hpp"

namespace steq {
namespace {

Json finding_json(const Finding& finding) {
  return {{"name", finding.name},
          {"holds", finding.holds ? Json(*finding.holds) : Json(nullptr)},
          {"how", to_text(finding.how)},
          {"value", finding.value ? to_json(*finding.value) : Json(nullptr)},
          {"where", finding.where.empty() ? Json(nullptr) : Json(finding.where)},
          {"advice", finding.advice},
          {"required", finding.required},
          {"of_class", finding.of_class},
          {"finding", finding.finding},
          {"meaning", finding.meaning}};
}

/// "in_class" and "warnings" are about all the estimators that were looked at.
Json document(const std::vector<Assessment>& assessments, bool equivalent) {
  Json assumptions = Json::array(), warnings = Json::array();
  for (const Assessment& assessment : assessments) {
    for (const std::string& warning : assessment.warnings) warnings.push_back(warning);
    for (std::size_t i = 0; i < assessment.findings.size(); ++i) {
      Json entry = finding_json(assessment.findings[i]);
      if (!assessment.tensors.empty()) entry["learner"] = assessment.learner;
      if (!assessment.tensors.empty()) entry["tensor"] = assessment.tensors[i];
      if (!assessment.pair.empty()) entry["pair"] = assessment.pair;
      assumptions.push_back(std::move(entry));
    }
  }
  const bool in_class = std::ranges::all_of(assessments, [](const Assessment& a) { return a.class_failures.empty(); });
  return {{"assumptions", std::move(assumptions)},
          {"equivalent", equivalent},
          {"in_class", in_class},
          {"warnings", std::move(warnings)}};
}

Assessment assess_recipe(const CheckOptions& options) {
  std::vector<Problem> problems;
  if (!options.estimator)
    problems.push_back({"--estimator", "is missing; allowed: a SPEC, or a run directory instead"});
  if (!options.quantizer)
    problems.push_back({"--quantizer", "is missing; allowed: a SPEC, or a run directory instead"});
  throw_if_any(problems);
  const Recipe recipe = read_recipe(*options.estimator, *options.quantizer, options.optimizer, problems);
  throw_if_any(problems);
  Situation situation(*recipe.estimator, *recipe.optimizer);
  situation.learning_rate = options.learning_rate;
  const std::string title = fmt::format("{} on {} with {}", *options.estimator, *options.quantizer, options.optimizer);
  Assessment assessment{title, {}, parse_spec(options.optimizer, "--optimizer").name, assess(situation)};
  add_class(assessment, situation);
  return assessment;
}

}  // namespace

CheckResult check(const CheckOptions& options) {
  const std::vector<Assessment> assessments =
      options.run ? assess_run(*options.run) : std::vector<Assessment>{assess_recipe(options)};
  const bool all = std::ranges::all_of(assessments, [](const Assessment& a) { return equivalent(a.findings); });
  const std::string output = options.json ? file_text(document(assessments, all)) : check_text(assessments);
  return {output, all};
}

}  // namespace steq
