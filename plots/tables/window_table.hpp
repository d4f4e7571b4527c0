// SPDX-License-Identifier: MIT
#pragma once

#include "plots/tables/table.hpp"
#include "records/json_values.hpp"

namespace steq {

/// A row for each of `windows`, as window_comparisons has them: change points an update, and how far levels agree.
Table window_table(const Json& windows, const std::string& a, const std::string& b);

}  // namespace steq
