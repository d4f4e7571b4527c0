// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/config/config.hpp"
#include "experiments/config/config_reader.hpp"

namespace steq {

/// A learner with the keys that were written beside it, before `like` is followed.
struct WrittenLearner {
  ConfigNode node;
  LearnerConfig config;
};

/// The learner with each missing key copied from the nearest learner of its `like` chain that has it, or else from the
/// document, as the learner that it describes. Reports unknown names and circles.
LearnerConfig follow_like(const WrittenLearner& learner, const std::vector<WrittenLearner>& learners,
                          const WrittenLearner& document);

/// `unknown learner "stee"; allowed: ste, dsq; did you mean "ste"?`
std::string unknown_learner(const std::string& name, const std::vector<std::string>& names);

}  // namespace steq
