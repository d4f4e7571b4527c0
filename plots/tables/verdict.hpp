// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace steq {

/// One sentence for each comparison of kind "equivalent", weighed against its noise floor (see noise_floor.hpp).
std::vector<std::string> verdicts(const nlohmann::ordered_json& summary);

/// The same sentence about the first comparison of a and b that is no control, whatever its kind; empty where there is
/// none.
std::string verdict_on(const nlohmann::ordered_json& comparisons, const std::string& a, const std::string& b);

}  // namespace steq
