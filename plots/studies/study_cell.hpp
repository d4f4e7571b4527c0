// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace steq {

/// Three decimals, and more where the value or its distance from 1 would vanish; integers as they are,
/// what is below 1e-4 or above 1e6 with an exponent.
std::string rounded(double value);

/// What was measured of a pair, as a table shows it: "0.998 [0.997, 0.999]"; "diverged at step N", "undefined",
/// "never" for a divergence that did not come; a published figure beside it, with the difference.
std::string study_cell(const nlohmann::ordered_json& study, const std::string& pair, const std::string& name);

}  // namespace steq
