// SPDX-License-Identifier: MIT
// Cases that are not there, told to whoever is to run them.
#pragma once

#include "experiments/studies/study_merge.hpp"
#include "experiments/studies/study_plan.hpp"

namespace steq {

/// `absent` is the first run of the case that is not finished.
MissingCase missing_case(const StudyCase& c, const PlannedRun& absent, const StudyOptions& options);

/// "0-3,7": the indices as schedulers take them; they ascend.
std::string index_ranges(const std::vector<std::size_t>& indices);

}  // namespace steq
