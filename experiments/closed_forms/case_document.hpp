// SPDX-License-Identifier: MIT
// What the configs of closed forms have in common: a list of cases, each with the recipe that it simulates.
#pragma once

#include "experiments/config/document_head.hpp"
#include "theory/predictions/scalar_twin.hpp"

namespace steq {

/// A case's keys of its own and those of its recipe, checked together; `sections` are read by the caller.
Values read_case(const ConfigNode& node, std::vector<ParameterInfo> keys, std::vector<std::string> sections);
/// The recipe of a case whose `values` read_case() returned.
ScalarRecipe read_recipe(const ConfigNode& node, Values& values, std::uint64_t seed);
Json recipe_json(const std::string& name, const ScalarRecipe& recipe);

/// Calls read(case), which returns its name, for each of the document's cases.
void for_cases(const ConfigNode& document, const std::function<std::string(const ConfigNode&)>& read);

}  // namespace steq
