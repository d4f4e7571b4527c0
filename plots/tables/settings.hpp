// SPDX-License-Identifier: MIT
// "Only show what differs": settings of several learners or runs side by side.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

struct Setting {
  std::string path;                 ///< as --set takes it, "optimizer.learning_rate"; learners by name
  std::vector<std::string> values;  ///< one for each document; "-" where one does not have it
};

/// The settings in which the documents differ, in the order in which they first appear. Names, descriptions and what a
/// learner was copied from do not count.
std::vector<Setting> differing_settings(const std::vector<Json>& documents);

}  // namespace steq
