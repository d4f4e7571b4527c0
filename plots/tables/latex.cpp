// SPDX-License-Identifier: MIT
#include "plots/tables/latex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "plots/tables/latex_columns.hpp"

namespace steq {
namespace {

std::string escaped_character(char c) {
  if (c == '\\') return "\\textbackslash{}";
  if (c == '~' || c == '^') return fmt::format("\\{}{{}}", c);
  if (c == '<' || c == '>' || c == '|') return fmt::format("${}$", c == '|' ? "\\vert" : std::string(1, c));
  return std::string("&%$#_{}").find(c) != std::string::npos ? fmt::format("\\{}", c) : std::string(1, c);
}

/// Long words may break where names of this program are joined.
std::string latex_cell(const std::string& text) {
  std::string cell;
  for (std::size_t i = 0; i < text.size(); ++i) {
    cell += escaped_character(text[i]);
    if (breaks_after(text, i)) cell += "\\allowbreak{}";
  }
  return cell;
}

std::string latex_row(const Row& row, const LatexColumns& columns) {
  std::string line = latex_cell(row[0]);
  for (std::size_t c = columns.first; c < columns.end; ++c) line += " & " + latex_cell(row[c]);
  return "    " + line + " \\\\\n";
}

/// The rows with titles in place of names, the header first.
std::vector<Row> printed_rows(const Table& table) {
  std::vector<Row> rows{table.header};
  for (std::string& cell : rows[0]) cell = printed_title(cell);
  for (const Row& row : table.rows) {
    rows.push_back(row);
    rows.back()[0] = printed_title(row[0]);
  }
  return rows;
}

std::string tabular(const std::vector<Row>& rows, const LatexColumns& columns) {
  std::string text = fmt::format("  \\begin{{tabular}}{{{}}}\n    \\toprule\n", columns.specification);
  for (const Row& row : rows) text += latex_row(row, columns) + (&row == rows.data() ? "    \\midrule\n" : "");
  return text + "    \\bottomrule\n  \\end{tabular}\n";
}

}  // namespace

std::string to_latex(const Table& table, const std::string& label) {
  const std::vector<Row> rows = printed_rows(table);
  const LatexLayout layout = latex_layout(rows);
  std::string text = fmt::format(
      "% packages: booktabs, array\n\\begin{{table}}\n  \\centering{}\n  \\setlength{{\\tabcolsep}}{{{}em}}\n"
      "  \\caption{{{}}}\n  \\label{{{}}}\n",
      layout.size, kColumnGap / 2, latex_cell(table.caption), label);
  for (const LatexColumns& columns : layout.parts)
    text += tabular(rows, columns) + (&columns == &layout.parts.back() ? "" : "  \\par\\medskip\n");
  for (const std::string& note : table.notes) text += "  \\par\\footnotesize " + latex_cell(note) + "\n";
  return text + "\\end{table}\n";
}

std::string printed_title(const std::string& name) {
  if (!std::regex_match(name, std::regex("[A-Za-z0-9_.+-]+")) || name.find_first_of("_.") == std::string::npos)
    return name;
  if (std::regex_match(name, std::regex("[0-9.+e-]+"))) return name;
  std::string title = std::regex_replace(name, std::regex("^learners\\."), "");
  title = std::regex_replace(title, std::regex("_([ab])$"), " of $1");
  std::ranges::replace(title, '_', ' ');
  return std::regex_replace(title, std::regex("\\.(?=[^0-9])"), " ");
}

}  // namespace steq
