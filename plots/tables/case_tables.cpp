// SPDX-License-Identifier: MIT
#include "plots/tables/case_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/tables/text_table.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// Title, a row for each case with the named keys, and how many hold.
std::string table(const Json& summary, const std::vector<std::string>& keys, const std::string& holding) {
  Row header{"case"};
  header.insert(header.end(), keys.begin(), keys.end());
  header.push_back("holds");
  std::vector<Row> rows{header};
  for (const Json& c : summary["cases"]) {
    Row& row = rows.emplace_back(1, c["name"]);
    for (const std::string& key : keys) row.push_back(number_text(c[key]));
    row.push_back(c["holds"].get<bool>() ? "yes" : "NO");
  }
  const auto good = std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.back() == "yes"; });
  return fmt::format("{}: {}\n\n{}\nVerdict: {} of {} {}.\n", summary["name"].get<std::string>(),
                     summary["description"].get<std::string>(), aligned(rows), good, rows.size() - 1, holding);
}

}  // namespace

std::string prediction_table(const Json& summary) {
  return table(summary, {"prediction", "predicted_size", "measured_size", "deviation", "tolerance"},
               "predictions hold within their tolerance");
}

std::string law_table(const Json& summary) {
  return table(summary, {"law", "predicted_size", "measured_size", "deviation", "tolerance"},
               "laws hold within their tolerance");
}

std::string order_table(const Json& summary) {
  return table(summary, {"order", "low", "high", "expected", "tolerance"}, "orders are the expected ones");
}

}  // namespace steq
