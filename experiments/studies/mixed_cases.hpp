// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/studies/study_case.hpp"
#include "experiments/studies/study_options.hpp"

namespace steq {

/// Throws InputError, naming each case that differs from the first that is there, where those that are there were made by
/// different builds, on machines that calculate differently, or from different files: merged they would not be what one
/// program makes. Throws as planned_cases() does.
void require_one_origin(const std::vector<StudyCase>& cases, const StudyOptions& options);

}  // namespace steq
