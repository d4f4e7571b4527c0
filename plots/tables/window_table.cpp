// SPDX-License-Identifier: MIT
#include "plots/tables/window_table.hpp"

#include <fmt/format.h>

#include "plots/tables/text_table.hpp"
#include "sim/core/types.hpp"

namespace steq {
namespace {

constexpr const char* kShown[] = {"change_point_sequence_agreement", "quantized_weight_agreement"};

std::string changes_an_update(const Json& window, const char* learner) {
  const double updates = window["last"].get<double>() - window["first"].get<double>() + 1;
  return number_text(window["change_points"][learner].get<double>() / updates);
}

}  // namespace

Table window_table(const Json& windows, const std::string& a, const std::string& b) {
  Table table{.caption = "Windows in which all weights were followed",
              .header = {"updates", "weights", "change points an update in " + a, "in " + b},
              .rows = {}};
  for (const char* metric : kShown) table.header.emplace_back(metric);
  for (const Json& window : windows) {
    Row& row = table.rows.emplace_back(
        Row{fmt::format("{} to {}", window["first"].get<Step>(), window["last"].get<Step>()), window["weights"].dump(),
            changes_an_update(window, "a"), changes_an_update(window, "b")});
    for (const char* metric : kShown) row.push_back(number_text(window["metrics"].value(metric, Json(nullptr))));
  }
  return table;
}

}  // namespace steq
