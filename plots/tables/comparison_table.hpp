// SPDX-License-Identifier: MIT
// The comparisons of a summary.json as a table for the terminal.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace steq {

/// Learners, then one column a comparison, then a verdict for each pair that theory calls equivalent, and which
/// learners are at chance level.
std::string comparison_table(const nlohmann::ordered_json& summary);

}  // namespace steq
