// SPDX-License-Identifier: MIT
#include "plots/figures/case_data.hpp"

#include <fmt/format.h>

#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"

namespace steq {

namespace fs = std::filesystem;

Json read_cases(const fs::path& run_directory) {
  const std::string file = (run_directory / "summary.json").string();
  return parse_json(read_file(file), file)["cases"];
}

Table joined_tables(const fs::path& run_directory, const Json& cases, const std::vector<std::size_t>& columns,
                    const Row& header) {
  Table all{.caption = "", .header = header, .rows = {}};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto table = read_csv(run_directory / "tables" / (cases[i]["name"].get<std::string>() + ".csv"));
    if (!table) continue;
    for (const Row& row : table->rows) {
      Row& cells = all.rows.emplace_back(Row{cell(static_cast<double>(i)), cases[i]["name"]});
      for (const std::size_t column : columns) cells.push_back(row.at(column));
    }
  }
  return all;
}

std::string of_case(std::size_t index, int column) { return fmt::format("($1=={} ? ${} : NaN)", index, column); }

}  // namespace steq
