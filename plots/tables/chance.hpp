// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace steq {

/// The learners of a summary.json whose test accuracy is not told apart from that of always naming the most frequent
/// class, by the exact binomial test at 5 %; none where "test_set" is not there.
std::vector<std::string> learners_at_chance(const nlohmann::ordered_json& summary);

/// One sentence about them; empty where there are none.
std::string chance_sentence(const nlohmann::ordered_json& summary);

}  // namespace steq
