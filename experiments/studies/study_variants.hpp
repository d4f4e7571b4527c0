// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/config/config_reader.hpp"
#include "experiments/studies/study_config.hpp"

namespace steq {

/// The variants that a study's document lists, those with "vary" once for every combination of its values and named
/// NAME-VALUE. Changes apply in the order "set" of the study, "set" of the variant, "vary", "set" of the stage, and in
/// the quick form "set" of "quick", which may also choose some by name. Problems are reported to the node.
std::vector<StudyVariant> read_variants(const ConfigNode& study, const StudyForm& form);

}  // namespace steq
