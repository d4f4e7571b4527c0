// SPDX-License-Identifier: MIT
#include "experiments/commands/check_text.hpp"

#include <algorithm>

#include "experiments/commands/hanging.hpp"

namespace steq {
namespace {

constexpr std::size_t kIndent = 12;

const char* verdict(const Finding& finding) {
  if (!finding.holds) return "not known";
  return *finding.holds ? "holds" : "FAILS";
}

/// Smaller is worse.
int rank(const Finding& finding) { return finding.holds ? (*finding.holds ? 2 : 0) : 1; }

std::string block(const Finding& finding) {
  std::string text = fmt::format("{:<{}}{}", verdict(finding), kIndent, finding.name);
  if (finding.holds) text += fmt::format(" ({})", to_text(finding.how));
  text += "\n" + hanging("", finding.finding, kIndent) + hanging("", "Meaning: " + finding.meaning + ".", kIndent);
  if (finding.holds != true) text += hanging("", "To do: " + finding.advice + ".", kIndent);
  return text;
}

std::string assessment_text(const Assessment& assessment) {
  std::vector<Finding> required;
  std::vector<std::string> others;
  for (const Finding& finding : assessment.findings) {
    if (finding.required) required.push_back(finding);
    if (!finding.required) others.push_back(finding.name);
  }
  std::ranges::stable_sort(required, {}, rank);
  std::string text = assessment.learner;
  if (!assessment.pair.empty()) text += fmt::format(" (declared equivalent: {})", join(assessment.pair));
  text += "\n\n";
  for (const Finding& finding : required) text += block(finding);
  if (!others.empty())
    text += hanging("no matter", fmt::format("to {}: {}", assessment.optimizer, join(others)), kIndent);
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

std::string conclusion(const std::vector<Assessment>& assessments) {
  const std::vector<std::string> failed = names(assessments, false), unknown = names(assessments, std::nullopt);
  if (assessments.empty()) return "All clear: every learner is an STE learner, and there is nothing to assume.";
  if (!failed.empty()) return fmt::format("Not equivalent: theory promises nothing, because of {}.", join(failed));
  if (unknown.empty()) return "All clear: every assumption that matters holds.";
  return fmt::format("All clear as far as is known: no assumption that matters fails; not known: {}.", join(unknown));
}

}  // namespace

std::string check_text(const std::vector<Assessment>& assessments) {
  std::string text;
  for (const Assessment& assessment : assessments) text += assessment_text(assessment);
  return text + hanging("", conclusion(assessments), 0);
}

}  // namespace steq
