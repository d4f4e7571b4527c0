// SPDX-License-Identifier: MIT
// summary.json of experiments without a network, as text for the terminal.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace steq {

/// One line a case, and the verdict.
std::string prediction_table(const nlohmann::ordered_json& summary);
std::string law_table(const nlohmann::ordered_json& summary);
std::string order_table(const nlohmann::ordered_json& summary);

}  // namespace steq
