// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "plots/tables/table.hpp"

namespace steq {

/// One part of a report, under a heading of its own.
struct Section {
  std::string id;  ///< of the element, for links
  std::string title;
  std::string html;
  std::vector<NamedTable> tables = {};  ///< those in `html` that are also written for papers
};

}  // namespace steq
