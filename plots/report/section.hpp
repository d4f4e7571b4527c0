// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "plots/tables/table.hpp"

namespace steq {

/// A table under the name of its files (NAME.tex, NAME.md, NAME.csv).
struct NamedTable {
  std::string name;
  Table table;
};

/// One part of a report, under a heading of its own.
struct Section {
  std::string id;  ///< of the element, for links
  std::string title;
  std::string html;
  std::vector<NamedTable> tables = {};  ///< those in `html` that are also written for papers
};

}  // namespace steq
