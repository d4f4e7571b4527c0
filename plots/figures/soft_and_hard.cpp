// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <map>

#include "plots/figures/figure.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

using Json = nlohmann::ordered_json;

/// Accuracies of one learner after an epoch.
struct Accuracies {
  double hard, soft;
};

/// Learner -> epoch; of those that train with soft values.
std::map<std::string, std::map<int, Accuracies>> accuracies_of(const StoredRun& run) {
  std::map<std::string, std::map<int, Accuracies>> all;
  for (const Json& entry : run.history())
    if (entry.is_object() && entry.contains("epoch") && entry.contains("soft_test_accuracy") &&
        entry["soft_test_accuracy"].is_number() && entry["test_accuracy"].is_number())
      all[entry.value("learner", "")][entry["epoch"].get<int>()] = {entry["test_accuracy"].get<double>(),
                                                                    entry["soft_test_accuracy"].get<double>()};
  return all;
}

std::optional<Drawing> draw_soft_and_hard(const StoredRun& run) {
  const auto all = accuracies_of(run);
  if (all.empty()) return std::nullopt;
  Drawing drawing{.data = {{"", Table{.caption = "", .header = {"epoch"}, .rows = {}}}}, .commands = "", .alt = ""};
  Table& table = drawing.data[0].table;
  std::map<int, Row> rows;
  int line = 0;
  for (const auto& [learner, epochs] : all) {
    const std::size_t column = table.header.size();
    table.header.insert(table.header.end(), {learner + ", levels", learner + ", soft"});
    for (const auto& [epoch, value] : epochs) {
      Row& row = rows.emplace(epoch, Row{cell(epoch)}).first->second;
      row.resize(column);
      row.insert(row.end(), {cell(value.hard), cell(value.soft)});
    }
    for (const auto& [kind, dash] : {std::pair("levels", 1), std::pair("soft", 2)})
      drawing.commands +=
          fmt::format("{} data using 1:(100 * column({})) with linespoints lt {} dt {} title {} noenhanced",
                      drawing.commands.empty() ? "plot" : ", \\\n ", column + static_cast<std::size_t>(dash), line + 1,
                      dash, quoted(learner + ", " + kind));
    const Accuracies& last = epochs.rbegin()->second;
    drawing.alt +=
        fmt::format("{}{}: {:.2f} % with its levels, {:.2f} % with soft values after epoch {}.",
                    drawing.alt.empty() ? "" : " ", learner, 100 * last.hard, 100 * last.soft, epochs.rbegin()->first);
    ++line;
  }
  for (auto& [epoch, row] : rows) {
    row.resize(table.header.size());
    table.rows.push_back(std::move(row));
  }
  drawing.commands = "set xlabel \"epoch\"\nset ylabel \"test accuracy, %\"\nset xrange [0:*]\nset key inside bottom right\n" +
                     drawing.commands + "\n";
  return drawing;
}

}  // namespace

Figure soft_and_hard() {
  return {
      {.name = "soft-and-hard",
       .title = "Soft and hard accuracy",
       .caption = "Test accuracy after each epoch of the learners that train with soft values: with these (dashed), "
                  "and with the levels that one would deploy."},
      draw_soft_and_hard};
}

}  // namespace steq::figures
