// SPDX-License-Identifier: MIT
// study.json looked up: what was measured of a pair of learners, over the seeds.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "plots/statistics/spread.hpp"

namespace steq {

/// The measurements of a pair, one a seed; for "other seed" one a pair of seeds. Pairs of stages before the last of a
/// chain stand in a list of their own, "earlier_stages". Pointers into `study`.
std::vector<const nlohmann::ordered_json*> measurements_of_pair(const nlohmann::ordered_json& study,
                                                                const std::string& pair);

/// One value a measurement that did not break down; those that are undefined are left out.
std::vector<double> values_of(const nlohmann::ordered_json& study, const std::string& pair, const std::string& name);

/// The value at a dotted path of a config, as optimizer.learning_rate; null where there is none.
const nlohmann::ordered_json* at_path(const nlohmann::ordered_json& config, const std::string& path);

}  // namespace steq
