// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "experiments/training/summary.hpp"

namespace steq {

/// CSV: step, then for each comparison "a / b" the share of weights on different levels after that step.
std::string disagreement_table(const ExperimentConfig& config, const std::vector<LearnerResult>& results, Step steps);

}  // namespace steq
