// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "plots/figures/figure.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

struct Quantity {
  const char *suffix, *key, *label;
};
constexpr Quantity kQuantities[] = {{"trainloss", "train_loss", "train loss"},
                                    {"testloss", "test_loss", "test loss"},
                                    {"accuracy", "test_accuracy", "test accuracy"}};

/// Epoch -> learner -> value.
using LearnerCurves = std::map<int, std::map<std::string, double>>;

/// Of the learners that the run has logs of.
LearnerCurves curves_of(const StoredRun& run, const char* key) {
  LearnerCurves all;
  for (const Json& entry : run.history()) {
    if (!entry.is_object() || !entry.contains("epoch") || !entry.contains(key) || !entry[key].is_number()) continue;
    const std::string learner = entry.value("learner", "");
    if (std::ranges::count(run.learners(), learner) > 0)
      all[entry["epoch"].get<int>()][learner] = entry[key].get<double>();
  }
  return all;
}

double value_at(const std::map<std::string, double>& values, const std::string& learner) {
  const auto found = values.find(learner);
  return found == values.end() ? std::nan("") : found->second;
}

/// Epoch, every learner, every pair's difference b - a.
Table table_of(const StoredRun& run, const LearnerCurves& all) {
  Table table{.caption = "", .header = {"epoch"}, .rows = {}};
  for (const std::string& learner : run.learners()) table.header.push_back(learner);
  for (const Pair& pair : pairs(run)) table.header.push_back(fmt::format("{} - {}", pair.b, pair.a));
  for (const auto& [epoch, values] : all) {
    Row& row = table.rows.emplace_back(1, cell(epoch));
    for (const std::string& learner : run.learners()) row.push_back(cell(value_at(values, learner)));
    for (const Pair& pair : pairs(run)) row.push_back(cell(value_at(values, pair.b) - value_at(values, pair.a)));
  }
  return table;
}

std::string learners_panel(const StoredRun& run, const Quantity& quantity, bool first) {
  std::string text = fmt::format("set title \"{}\"\n", quantity.label) + (first ? shared_key() : "unset key\n");
  const std::vector<int> types = line_types(run);
  for (std::size_t i = 0; i < run.learners().size(); ++i)
    text += fmt::format("{} data_{} using 1:{} with linespoints lt {} title {}", i ? ", \\\n " : "plot",
                        quantity.suffix, i + 2, types[i], quoted(run.learners()[i]));
  return text + "\n";
}

std::string differences_panel(const StoredRun& run, const Quantity& quantity) {
  std::string text =
      fmt::format("unset key\nset title \"{}: b - a\"\nplot 0 lc rgb \"#666666\" lw 1 dt 3", quantity.label);
  const std::vector<Pair> all = pairs(run);
  for (std::size_t i = 0; i < all.size(); ++i)
    text += fmt::format(", \\\n  data_{} using 1:{} with linespoints lt {}", quantity.suffix,
                        i + 2 + run.learners().size(), line_type(run, all[i]));
  return text + "\n";
}

std::string commands(const StoredRun& run, Drawing& drawing) {
  const int rows = pairs(run).empty() ? 1 : 2;
  drawing.width = 1140;
  drawing.height = 100 + 270 * rows;
  std::string text = multiplot({.rows = rows, .columns = 3, .width = 1140, .height = drawing.height, .key = 48}) +
                     "set xlabel \"epoch\"\nset xrange [0:*]\n";
  for (const Quantity& quantity : kQuantities) text += learners_panel(run, quantity, &quantity == kQuantities);
  for (const Quantity& quantity : kQuantities)
    if (rows == 2) text += differences_panel(run, quantity);
  return text + "unset multiplot\n";
}

std::string found(const StoredRun& run, const LearnerCurves& accuracy) {
  const auto& last = accuracy.rbegin()->second;
  std::string text = fmt::format("Test accuracy after epoch {}:", accuracy.rbegin()->first);
  for (const auto& [learner, value] : last) text += fmt::format(" {} {:.2f} %;", learner, 100 * value);
  for (const Pair& pair : pairs(run)) {
    double largest = 0;
    for (const auto& [epoch, values] : accuracy)
      largest = std::fmax(largest, std::abs(value_at(values, pair.b) - value_at(values, pair.a)));
    text += fmt::format(" {} differ by at most {:.2f} percentage points at any epoch;", pair.name(), 100 * largest);
  }
  text.back() = '.';
  return text;
}

std::optional<Drawing> draw_curves(const StoredRun& run) {
  Drawing drawing;
  for (const Quantity& quantity : kQuantities) {
    const LearnerCurves values = curves_of(run, quantity.key);
    if (values.empty()) return std::nullopt;
    drawing.data.push_back({quantity.suffix, table_of(run, values)});
  }
  drawing.commands = commands(run, drawing);
  drawing.alt = found(run, curves_of(run, "test_accuracy"));
  return drawing;
}

}  // namespace

Figure curves() {
  return {{.name = "curves",
           .title = "Loss and accuracy",
           .caption = "Above: train loss, test loss and test accuracy of every learner at the end of each epoch. "
                      "Below: the same as differences b - a of every comparison a / b, in the line of b; learners "
                      "that are the same recipe in disguise stay near zero."},
          draw_curves};
}

}  // namespace steq::figures
