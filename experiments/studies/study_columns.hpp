// SPDX-License-Identifier: MIT
// What is made of a study's runs: its tables, its figure, and what must come out.
#pragma once

#include "experiments/config/config_reader.hpp"
#include "experiments/studies/study_config.hpp"

namespace steq {

/// Reads "tables", "figure", "published" and "expect" into `study`, whose variants have been read. Every PAIR must be
/// measured by the study, in its full form at least; what the quick form leaves out is dropped.
void read_columns(const ConfigNode& node, const StudyForm& form, StudyConfig& study);

}  // namespace steq
