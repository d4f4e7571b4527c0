// SPDX-License-Identifier: MIT
// The line types of a run: the same learner has the same one in every figure, a learner with a role that role's.
#pragma once

#include "plots/figures/line_styles.hpp"
#include "plots/figures/pairs.hpp"

namespace steq {

/// One for each learner, in their order. Where several learners have a role, the first one has its line type.
std::vector<int> line_types(const StoredRun& run);
int line_type(const StoredRun& run, const std::string& learner);

/// That of b, so that a comparison looks like what is compared with the first learner; where an earlier pair has the
/// same b, one of its own.
int line_type(const StoredRun& run, const Pair& pair);

/// True where the config gives the learner the STE and no equivalent; false too where there is no config.
bool is_plain_ste(const Json& config, const std::string& learner);

}  // namespace steq
