// SPDX-License-Identifier: MIT
// What is kept of a case that holds a closed form against measured values.
#pragma once

#include <string>

#include "records/json_values.hpp"
#include "theory/profile.hpp"

namespace steq {

/// The profile as a table.
std::string profile_csv(const Profile& profile);

/// The case's entry of summary.json: {"name", `what`: plugin, "axis", "quantity", "predicted_size", "measured_size",
/// "deviation", "tolerance", "holds"}.
Json profile_entry(const std::string& name, const std::pair<std::string, std::string>& what, double tolerance,
                   const Profile& profile);

}  // namespace steq
