// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace steq {

/// One sentence for each comparison of kind "equivalent", weighed against its noise floor (see noise_floor.hpp).
std::vector<std::string> verdicts(const nlohmann::ordered_json& summary);

}  // namespace steq
