// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace steq {

using Row = std::vector<std::string>;

/// A number with five digits; "undefined" for null; a text as it is.
std::string number_text(const nlohmann::ordered_json& value);

/// A line for each row, columns aligned: the first one left, the others right.
std::string aligned(const std::vector<Row>& rows);

}  // namespace steq
