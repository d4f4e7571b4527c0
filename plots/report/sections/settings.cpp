// SPDX-License-Identifier: MIT
// What differed between the learners of a run.
#include "plots/tables/settings.hpp"

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"

namespace steq::sections {

std::optional<Section> settings(const ReportedRun& run) {
  const Json& config = run.stored().config();
  if (!config.is_object() || !config.contains("learners")) return std::nullopt;
  const std::vector<Json> learners(config["learners"].begin(), config["learners"].end());
  Table table{.caption = "Settings that differ between the learners", .header = {"setting"}, .rows = {}};
  for (const Json& learner : learners) table.header.push_back(learner.at("name"));
  for (const Setting& setting : differing_settings(learners)) {
    Row& row = table.rows.emplace_back(Row{setting.path});
    row.insert(row.end(), setting.values.begin(), setting.values.end());
  }
  const char* shared = "Everything else is shared: data, batches, network and the random numbers behind them.";
  if (table.rows.empty()) return Section{"settings", "What differed", paragraph("Nothing: all learners are the same.")};
  return Section{"settings", "What differed", html_table(table) + paragraph(shared), {{"settings", table}}};
}

}  // namespace steq::sections
