// SPDX-License-Identifier: MIT
// Variants that are chains of runs: "stages": [{"name", "set"}, ...].
#pragma once

#include "experiments/config/config_reader.hpp"
#include "experiments/studies/study_config.hpp"

namespace steq {

/// A stage as a variant lists it.
struct ListedStage {
  std::string name;
  ConfigNode node;
};

/// The stages that a variant lists; none where it is no chain. Reports an empty list, and names that are none of their
/// own or cannot be those of directories.
std::vector<ListedStage> read_stages(const ConfigNode& variant);

/// Each with the variant's document changed by its "set"; without a list the one run that the variant is.
std::vector<StudyStage> stages_of(const std::vector<ListedStage>& listed, const Json& document);

/// What is wrong with the files that a stage of a chain takes from earlier ones: that there is no such stage before it,
/// or no such learner in that. Places are those of the stage's config.
std::vector<Problem> stage_file_problems(const StudyVariant& variant, std::size_t stage);

}  // namespace steq
