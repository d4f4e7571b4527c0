// SPDX-License-Identifier: MIT
#include "plots/studies/study_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/studies/paired_comparisons.hpp"
#include "plots/studies/study_cell.hpp"
#include "plots/studies/study_noise_floor.hpp"
#include "plots/studies/study_notes.hpp"
#include "plots/studies/study_values.hpp"
#include "plots/tables/latex.hpp"
#include "records/files.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::vector<std::string>;

/// The rows of the paper's tables, in its order; every other value that was measured follows them.
const Names kPaperRows{"change_point_sequence_agreement",
                       "compressed_change_point_sequence_agreement",
                       "average_change_point_error",
                       "weight_alignment_error",
                       "quantized_weight_agreement",
                       "test_accuracy_correlation",
                       "test_loss_correlation",
                       "inference_agreement",
                       "incorrect_inference_agreement",
                       "test_accuracy_a",
                       "test_accuracy_b"};

Names rows_of(const Json& study, const Json& table) {
  if (table.contains("rows")) return table["rows"].get<Names>();
  Names rows = kPaperRows;
  if (study["measurements"].empty()) return rows;  // of chains whose last stages are still to come
  for (const auto& [name, value] : study["measurements"].front()["values"].items())
    if (std::ranges::find(rows, name) == rows.end()) rows.push_back(name);
  return rows;
}

/// Calls visit(row's name, pair's title, pair, metric) for each cell, row by row.
template <class Visit>
void for_cells(const Json& study, const Json& table, const Visit& visit) {
  const Names metrics = rows_of(study, table);
  if (table.value("layout", "metrics") == "pairs") {
    for (const Json& column : table["columns"])
      for (const std::string& metric : metrics) visit(column["title"], metric, column["of"], metric);
  } else {
    for (const std::string& metric : metrics)
      for (const Json& column : table["columns"]) visit(metric, column["title"], column["of"], metric);
  }
}

Table made_table(const Json& study, const Json& spec) {
  const bool pairs = spec.value("layout", "metrics") == "pairs";
  const Names metrics = rows_of(study, spec);
  Names measured;
  for (const Json& column : spec["columns"]) measured.push_back(column["of"]);
  Table table{.caption = spec.value("caption", ""),
              .header = {pairs ? "pair" : "metric"},
              .rows = {},
              .notes = notes_on_seeds(study, measured)};
  for (const std::string& note : notes_on_published(study, measured, metrics)) table.notes.push_back(note);
  const std::size_t columns = pairs ? metrics.size() : spec["columns"].size();
  for_cells(study, spec,
            [&](const std::string& row, const std::string& column, const std::string& pair, const std::string& metric) {
              if (table.rows.empty() || table.rows.back().size() > columns) table.rows.push_back({row});
              if (table.rows.size() == 1) table.header.push_back(column);
              table.rows.back().push_back(study_cell(study, pair, metric));
            });
  return table;
}

void write_table(const Json& study, const NamedTable& named, const std::filesystem::path& folder) {
  const auto write = [&](const char* ending, const std::string& text) {
    write_file_atomically((folder / (named.name + ending)).string(), text);
  };
  write(".csv", to_csv(named.table));
  write(".md", to_markdown(named.table));
  write(".tex", to_latex(named.table, fmt::format("tab:{}-{}", study["name"].get<std::string>(), named.name)));
}

}  // namespace

std::vector<NamedTable> study_tables(const Json& study) {
  std::vector<NamedTable> tables;
  for (const Json& spec : study["tables"]) tables.push_back({spec["name"], made_table(study, spec)});
  return tables;
}

Table expectation_table(const Json& study) {
  Table table{.caption = "What was expected and what was measured",
              .header = {"value", "at least", "measured", "at most", "holds"},
              .rows = {}};
  for (const Json& e : study["expectations"])
    table.rows.push_back({e["value"], number_text(e.value("low", Json("-"))), number_text(e["measured"]),
                          number_text(e.value("high", Json("-"))), e["holds"].get<bool>() ? "yes" : "NO"});
  return table;
}

Table study_sources(const Json& study) {
  Table sources{.caption = "", .header = {"table", "row", "column", "seed", "value", "run"}, .rows = {}};
  for (const Json& spec : study["tables"])
    for_cells(
        study, spec,
        [&](const std::string& row, const std::string& column, const std::string& pair, const std::string& metric) {
          for (const Json* m : measurements_of_pair(study, pair))
            sources.rows.push_back(
                {spec["name"], row, column, (*m)["seed"], (*m)["values"].value(metric, Json()).dump(), (*m)["run"]});
        });
  return sources;
}

void write_study_tables(const Json& study, const std::filesystem::path& directory) {
  const std::filesystem::path folder = directory / "tables";
  std::filesystem::remove_all(folder);  // those of another form of the study
  std::filesystem::create_directories(folder);
  std::vector<NamedTable> tables = study_tables(study);
  tables.push_back({"noise-floor", study_noise_floor(study)});
  tables.push_back({"paired", paired_table(study)});
  tables.push_back({"expectations", expectation_table(study)});
  for (const NamedTable& named : tables)
    if (!named.table.rows.empty()) write_table(study, named, folder);
  write_file_atomically((folder / "sources.csv").string(), to_csv(study_sources(study)));
}

}  // namespace steq
