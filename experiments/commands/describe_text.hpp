// SPDX-License-Identifier: MIT
// The entries of `steq describe` for human readers, at most 100 columns wide.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

/// Names and summaries under a title.
std::string list_text(const std::string& title, const std::vector<Json>& entries);

/// Everything about one entry: texts and numbers by key, parameters as a table, a graph as a few rows.
std::string page_text(const Json& entry);

}  // namespace steq
