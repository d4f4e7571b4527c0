// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace steq {

/// A sentence for each pair declared equivalent of which an assumption that theory needs fails, from the document of
/// `steq check RUN --json`; none where that is null.
std::vector<std::string> failed_assumptions(const nlohmann::ordered_json& check);

}  // namespace steq
