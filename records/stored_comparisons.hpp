// SPDX-License-Identifier: MIT
// Which learners of a run are compared, and as what.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"
#include "records/named_control.hpp"

namespace steq {

/// The "comparisons" of a summary that check_summary() has let pass, each with a "map". Throws InputError naming the
/// place in `file` of every learner that the run does not have.
Json stored_comparisons(const Json& summary, const std::string& file, const std::vector<std::string>& learners);

/// `base` with each of `others`.
Json plain_comparisons(const std::string& base, const std::vector<std::string>& others);

/// Gives the pair of the control that kind, or adds it.
void add_control(Json& comparisons, const NamedControl& control);

}  // namespace steq
