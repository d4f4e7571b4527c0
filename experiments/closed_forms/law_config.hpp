// SPDX-License-Identifier: MIT
// Configs of "kind": "laws": means over random draws in closed form, each with the draws that it is held against.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"
#include "sim/core/plugin.hpp"

namespace steq {

struct LawCase {
  std::string name;
  Spec law;
  std::size_t draws = 1;
  double tolerance = 0;  ///< on the relative deviation of the measured profile
};

struct LawExperiment {
  std::string name, description;
  std::uint64_t seed = 1;
  std::vector<LawCase> cases;
};

/// Checks the whole document; one InputError with every problem, as read_config() throws.
LawExperiment read_laws(const Json& document, const std::string& file);

/// With every default filled in: reading it again gives the same.
Json resolved(const LawExperiment& experiment);

}  // namespace steq
