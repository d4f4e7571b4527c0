// SPDX-License-Identifier: MIT
// What stands below the tables of a study: only what holds for the cells of that table.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace steq {

/// Over how many seeds the cells of these pairs are taken, and over how many pairs of seeds those of "other seed".
std::vector<std::string> notes_on_seeds(const nlohmann::ordered_json& study, const std::vector<std::string>& pairs);

/// The works from which the published figures beside these metrics of these pairs are taken; empty where there are
/// none.
std::vector<std::string> notes_on_published(const nlohmann::ordered_json& study, const std::vector<std::string>& pairs,
                                            const std::vector<std::string>& metrics);

}  // namespace steq
