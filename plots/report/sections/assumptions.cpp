// SPDX-License-Identifier: MIT
// The assumptions of the theorems, as steq check found them.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"

namespace steq {
namespace {

/// Those that fail come first, then those of which nothing is known.
int place_of_outcome(const Json& assumption) {
  const Json& holds = assumption.at("holds");
  return holds.is_null() ? 1 : holds.get<bool>() ? 2 : 0;
}

std::string text(const Json& assumption, const char* key) {
  const Json& value = assumption.value(key, Json(nullptr));
  return value.is_string() ? value.get<std::string>() : "";
}

/// "holds (proved)"
std::string outcome(const Json& assumption) {
  const Json& holds = assumption.at("holds");
  if (holds.is_null()) return "not known";
  return fmt::format("{} ({})", holds.get<bool>() ? "holds" : "fails", text(assumption, "how"));
}

Row assumption_row(const Json& assumption) {
  const bool holds = assumption.at("holds") == true;
  return {text(assumption, "name"),
          outcome(assumption),
          text(assumption, "learner"),
          text(assumption, "finding"),
          text(assumption, "meaning"),
          holds ? "-" : text(assumption, "advice")};
}

std::string conclusion(const Json& check) {
  return check.at("equivalent") == true
             ? "No assumption that matters to the optimizer is known to fail: theory promises a small distance at "
               "small learning rates."
             : "An assumption that matters to the optimizer fails: theory promises nothing.";
}

}  // namespace

namespace sections {

std::optional<Section> assumptions(const ReportedRun& run) {
  const Json& check = run.facts().check;
  if (!check.is_object()) return std::nullopt;
  Table table{.caption = "Assumptions that matter to this optimizer",
              .header = {"assumption", "outcome", "learner", "finding", "meaning", "what to do"},
              .rows = {}};
  std::vector<Json> assumptions(check.at("assumptions").begin(), check.at("assumptions").end());
  std::ranges::stable_sort(assumptions, {}, place_of_outcome);
  std::set<std::string> others;
  for (const Json& assumption : assumptions) {
    if (assumption.value("required", true)) table.rows.push_back(assumption_row(assumption));
    if (!assumption.value("required", true)) others.insert(text(assumption, "name"));
  }
  if (table.rows.empty()) return std::nullopt;
  if (!others.empty())
    table.notes.push_back("No matter to this optimizer: " + join({others.begin(), others.end()}) + ".");
  return Section{
      "assumptions", "Assumptions", paragraph(conclusion(check)) + html_table(table), {{"assumptions", table}}};
}

}  // namespace sections
}  // namespace steq
