// SPDX-License-Identifier: MIT
// The data files of a study: one --data directory for all of its variants.
#pragma once

#include "experiments/studies/study_case.hpp"

namespace steq {

/// Sets data.path of a config whose dataset is read from files: DIRECTORY/DATASET where that is a directory, else
/// DIRECTORY. Without a directory a config keeps its own data.path, and one that has none gets those of "data".
void locate_data(Json& document, const std::optional<std::string>& directory);

/// Reads every dataset of the cases once. Throws InputError where one is not there, with where it comes from.
void require_data(const std::vector<StudyCase>& cases);

}  // namespace steq
