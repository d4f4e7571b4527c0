// SPDX-License-Identifier: MIT
// `stage:NAME/LEARNER` in place of a file: the final weights of a learner in an earlier stage of the same case.
#pragma once

#include <functional>

#include "experiments/config/named_files.hpp"
#include "sim/core/errors.hpp"

namespace steq {

struct StageFile : NamedFile {
  std::string stage, learner;  ///< both empty where the text is no stage:NAME/LEARNER
};

/// Every file of the config whose text begins with `stage:`.
std::vector<StageFile> stage_files(const Json& config);

/// Each of them, as a config that belongs to no chain of stages is told of it.
std::vector<Problem> refused_stage_files(const Json& config);

/// The config with `path_of(file)` in place of each.
Json with_stage_files(Json config, const std::function<std::string(const StageFile& file)>& path_of);

}  // namespace steq
