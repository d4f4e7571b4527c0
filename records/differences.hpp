// SPDX-License-Identifier: MIT
// Where two documents differ, and nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

struct SettingDifference {
  std::string path;              ///< as "optimizer.learning_rate"
  std::optional<Json> a{}, b{};  ///< nothing where a run has no such setting
};

using SettingDifferences = std::vector<SettingDifference>;

/// Of two documents, leaf by leaf; a list counts as one leaf unless it is one of objects. `path` stands before all.
SettingDifferences differences(const Json& a, const Json& b, const std::string& path = "");

}  // namespace steq
