// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace steq {

/// One sentence for each comparison of kind "equivalent", weighed against the controls of the same first learner: the
/// identical twin, which must never part, and the learner whose rate is 1 % off, which shows how much difference means
/// nothing.
std::vector<std::string> verdicts(const nlohmann::ordered_json& summary);

}  // namespace steq
