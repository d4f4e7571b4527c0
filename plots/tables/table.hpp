// SPDX-License-Identifier: MIT
// One table, for every place in which it is read: terminal, spreadsheet, Markdown; latex.hpp has papers.
#pragma once

#include <string>
#include <vector>

#include "plots/tables/text_table.hpp"

namespace steq {

/// Cells are texts as the reader sees them; every row has as many as `header`.
struct Table {
  std::string caption;
  Row header;
  std::vector<Row> rows;
  std::vector<std::string> notes = {};  ///< below the table, one a line
};

/// A table under the name of its files (NAME.tex, NAME.md, NAME.csv).
struct NamedTable {
  std::string name;
  Table table;
};

std::string to_text(const Table& table);
/// Header and rows as RFC 4180 has them, nothing else.
std::string to_csv(const Table& table);
std::string to_markdown(const Table& table);

}  // namespace steq
