// SPDX-License-Identifier: MIT
#include "experiments/commands/check_text.hpp"

#include <algorithm>

#include "plots/tables/wrapped.hpp"

namespace steq {
namespace {

constexpr std::size_t kCheckIndent = 12;

const char* verdict(const Finding& finding) {
  if (!finding.holds) return "not known";
  return *finding.holds ? "holds" : "FAILS";
}

std::string block(const Finding& finding, const std::string& tensor) {
  std::string known = finding.holds ? to_text(finding.how) : "";
  if (!tensor.empty()) known += (known.empty() ? "" : ", ") + tensor;
  std::string text = fmt::format("{:<{}}{}{}\n", verdict(finding), kCheckIndent, finding.name,
                                 known.empty() ? "" : " (" + known + ")");
  text += wrapped("", finding.finding, kCheckIndent) + wrapped("", "Meaning: " + finding.meaning + ".", kCheckIndent);
  if (finding.holds != true) text += wrapped("", "To do: " + finding.advice + ".", kCheckIndent);
  return text;
}

std::string class_text(const Assessment& assessment) {
  const std::vector<std::string>& failures = assessment.class_failures;
  std::string text = failures.empty() ? "In the class.\n" : fmt::format("Not in the class: {}.\n", join(failures));
  for (const std::string& warning : assessment.warnings) text += wrapped("Warning:", warning + ".", 9);
  return text;
}

std::string assessment_text(const Assessment& assessment) {
  std::vector<std::size_t> required;
  std::vector<std::string> others;
  const std::vector<Finding>& findings = assessment.findings;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].required) required.push_back(i);
    if (!findings[i].required) others.push_back(findings[i].name);
  }
  std::ranges::stable_sort(required, {}, [&](std::size_t i) { return -severity(findings[i]); });
  std::string text = assessment.learner;
  if (!assessment.pair.empty()) text += fmt::format(" (declared equivalent: {})", join(assessment.pair));
  text += "\n" + class_text(assessment) + "\n";
  for (const std::size_t i : required)
    text += block(findings[i], assessment.tensors.empty() ? "" : assessment.tensors[i]);
  if (!others.empty())
    text += wrapped("no matter", fmt::format("to {}: {}", assessment.optimizer, join(others)), kCheckIndent);
  return text + "\n";
}

/// Names of the required assumptions with this outcome, over all learners.
std::vector<std::string> names(const std::vector<Assessment>& assessments, std::optional<bool> outcome) {
  std::vector<std::string> names;
  for (const Assessment& assessment : assessments)
    for (const Finding& finding : assessment.findings)
      if (finding.required && finding.holds == outcome && std::ranges::find(names, finding.name) == names.end())
        names.push_back(finding.name);
  return names;
}

/// Where class and verdict differ, in what.
std::string difference(const std::vector<Assessment>& assessments, const std::vector<std::string>& failed) {
  std::vector<std::string> outside;
  for (const Assessment& assessment : assessments)
    for (const std::string& name : assessment.class_failures)
      if (std::ranges::find(outside, name) == outside.end()) outside.push_back(name);
  if (outside.empty() && !failed.empty()) return " The estimator is in the class; the rest of the recipe fails.";
  if (failed.empty() && !outside.empty())
    return fmt::format(" The estimator is not in the class, but {} does not matter to this optimizer.", join(outside));
  return "";
}

std::string conclusion(const std::vector<Assessment>& assessments) {
  const std::vector<std::string> failed = names(assessments, false), unknown = names(assessments, std::nullopt);
  const std::string more = difference(assessments, failed);
  if (assessments.empty()) return "All clear: every learner is an STE learner, and there is nothing to assume.";
  if (!failed.empty())
    return fmt::format("Not equivalent: theory promises nothing, because of {}.", join(failed)) + more;
  if (unknown.empty()) return "All clear: every assumption that matters holds." + more;
  return fmt::format("All clear as far as is known: no assumption that matters fails; not known: {}.", join(unknown)) +
         more;
}

}  // namespace

std::string check_text(const std::vector<Assessment>& assessments) {
  std::string text;
  for (const Assessment& assessment : assessments) text += assessment_text(assessment);
  return text + wrapped("", conclusion(assessments), 0);
}

}  // namespace steq
