// SPDX-License-Identifier: MIT
#include "plots/tables/table.hpp"

namespace steq {
namespace {

template <class Cell>
std::string joined(const Row& row, const char* between, const Cell& cell) {
  std::string text;
  for (std::size_t c = 0; c < row.size(); ++c) text += (c ? between : "") + cell(row[c]);
  return text;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string markdown_cell(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
  return escaped;
}

}  // namespace

std::string to_text(const Table& table) {
  std::vector<Row> rows{table.header};
  rows.insert(rows.end(), table.rows.begin(), table.rows.end());
  std::string text = (table.caption.empty() ? "" : table.caption + "\n\n") + aligned(rows);
  for (const std::string& note : table.notes) text += note + "\n";
  return text;
}

std::string to_csv(const Table& table) {
  std::string text = joined(table.header, ",", csv_cell) + "\n";
  for (const Row& row : table.rows) text += joined(row, ",", csv_cell) + "\n";
  return text;
}

std::string to_markdown(const Table& table) {
  std::string text = table.caption.empty() ? "" : table.caption + "\n\n";
  text += "| " + joined(table.header, " | ", markdown_cell) + " |\n|---";
  for (std::size_t c = 1; c < table.header.size(); ++c) text += "|---:";
  text += "|\n";
  for (const Row& row : table.rows) text += "| " + joined(row, " | ", markdown_cell) + " |\n";
  for (const std::string& note : table.notes) text += "\n" + note + "\n";
  return text;
}

}  // namespace steq
