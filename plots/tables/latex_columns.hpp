// SPDX-License-Identifier: MIT
// How wide the columns of a table are in LaTeX, and with which letters, so that it fits a page.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plots/tables/text_table.hpp"

namespace steq {

/// Between two columns, em.
inline constexpr double kColumnGap = 0.8;

/// One tabular: the first column of the table and those in [first, end).
struct LatexColumns {
  std::size_t first, end;
  std::string specification;  ///< "lrr", or p columns with their widths in em
};

struct LatexLayout {
  std::string size;  ///< "" or the command of a smaller size
  std::vector<LatexColumns> parts;
};

/// `rows` begins with the header; all have as many cells.
LatexLayout latex_layout(const std::vector<Row>& rows);

/// True where a line may break behind that character of a long word: after a dot, slash, underscore, comma or colon.
bool breaks_after(const std::string& text, std::size_t place);

}  // namespace steq
