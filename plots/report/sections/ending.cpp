// SPDX-License-Identifier: MIT
// How the run ended, learner by learner.
#include <fmt/format.h>

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "records/watching_text.hpp"

namespace steq {
namespace {

std::string status_sentence(const ReportedRun& run) {
  const Json& summary = run.stored().summary();
  const std::string status = summary.is_object() ? summary.value("status", "") : "";
  if (!status.empty()) return fmt::format("The run is {} after {} steps.", status, run.stored().steps());
  const std::string logs = "Only the logs are there: what another program recorded, or part of a run.";
  if (const auto steps = run.stored().known_steps()) return fmt::format("{} They are {} steps long.", logs, *steps);
  return fmt::format(
      "{} They do not say how many updates each learner made (in /LEARNER/steps); the last change point "
      "is that of step {}.",
      logs, run.stored().steps());
}

/// Of all weights that were watched, in windows too.
std::size_t changes_of(const StoredRun& stored, const std::string& learner) {
  std::size_t changes = 0;
  for (const std::string& tensor : stored.tensors(learner))
    changes += stored.logs().change_points(learner, tensor).size();
  return changes;
}

Table recorded_changes(const StoredRun& stored) {
  Table table{.caption = "What was recorded, of all weights", .header = {"learner", "change_points"}, .rows = {}};
  bool moves = false;
  for (const std::string& learner : stored.learners()) {
    const auto of_grid = stored.logs().changes_of_grid(learner, {});
    table.rows.push_back(
        {learner, std::to_string(changes_of(stored, learner)), of_grid ? std::to_string(*of_grid) : ""});
    moves = moves || of_grid;
  }
  if (moves) table.header.emplace_back("change_points_of_grid");
  for (Row& row : table.rows) row.resize(table.header.size());
  return table;
}

std::string watching_sentence(const StoredRun& stored) {
  if (stored.learners().empty()) return "";
  const std::string& first = stored.learners().front();
  const std::string text = watching_text(stored, first, stored.watching(first));
  return text.empty() ? "" : paragraph(text + " Metrics and figures of levels are of these weights.");
}

Table learners_table(const Json& learners) {
  Table table{.caption = "The learners after the last update", .header = {"learner"}, .rows = {}};
  for (const auto& [key, value] : learners.front().items())
    if (!value.is_structured()) table.header.push_back(key);
  for (const auto& [name, learner] : learners.items()) {
    Row& row = table.rows.emplace_back(Row{name});
    for (std::size_t c = 1; c < table.header.size(); ++c)
      row.push_back(number_text(learner.value(table.header[c], Json(nullptr))));
  }
  return table;
}

}  // namespace

namespace sections {

std::optional<Section> ending(const ReportedRun& run) {
  const Json& summary = run.stored().summary();
  const bool known = summary.is_object() && summary.contains("learners") && !summary["learners"].empty();
  const Table table = known ? learners_table(summary["learners"]) : recorded_changes(run.stored());
  return Section{"ending",
                 "How it ended",
                 paragraph(status_sentence(run)) + watching_sentence(run.stored()) + html_table(table),
                 {{"learners", table}}};
}

}  // namespace sections
}  // namespace steq
