// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

/// Every key of a config: {"name": path, "summary", "allowed", "default", "required"}. A parameter of plug-ins has
/// "plugins", what it is in which of them, and the three others only where it is the same in all.
std::vector<Json> config_entries();

}  // namespace steq
