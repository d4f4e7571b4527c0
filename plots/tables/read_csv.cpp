// SPDX-License-Identifier: MIT
#include "plots/tables/read_csv.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "records/files.hpp"

namespace steq {
namespace {

/// The cell that begins at `at`, which is moved to the comma or line end behind it.
std::string read_cell(const std::string& text, std::size_t& at) {
  std::string cell;
  bool inside_quotes = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (inside_quotes && c == '"' && at + 1 < text.size() && text[at + 1] == '"')
      cell += text[++at];
    else if (c == '"')
      inside_quotes = !inside_quotes;
    else if (!inside_quotes && (c == ',' || c == '\n'))
      break;
    else if (inside_quotes || c != '\r')
      cell += c;
  }
  return cell;
}

Row read_row(const std::string& text, std::size_t& at) {
  Row row{read_cell(text, at)};
  while (at < text.size() && text[at] == ',') row.push_back(read_cell(text, ++at));
  ++at;
  return row;
}

}  // namespace

std::optional<Table> read_csv(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
  const std::string text = read_file(file.string());
  if (text.empty()) return std::nullopt;
  std::size_t at = 0;
  Table table{.caption = "", .header = read_row(text, at), .rows = {}};
  while (at < text.size()) {
    table.rows.push_back(read_row(text, at));
    table.rows.back().resize(table.header.size());
  }
  return table;
}

double number_of(const std::string& cell) {
  double number = 0;
  const auto [end, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  const bool whole = failed == std::errc() && end == cell.data() + cell.size();
  return whole ? number : std::numeric_limits<double>::quiet_NaN();
}

std::optional<std::size_t> column_of(const Table& table, const std::string& name) {
  const auto found = std::ranges::find(table.header, name);
  if (found == table.header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.header.begin());
}

}  // namespace steq
