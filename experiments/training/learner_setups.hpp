// SPDX-License-Identifier: MIT
// Turns the learners of a config into learners of a cohort: here alpha and M are applied.
#pragma once

#include <vector>

#include "experiments/training/experiment_inputs.hpp"
#include "sim/metrics/trace.hpp"
#include "sim/training/learner.hpp"

namespace steq {

/// Initial weights are rounded to T before M sees them, so that M of one learner's weights is bit for bit the start of
/// its equivalent. Throws InputError where a learner is `equivalent_to` one whose estimator has no alpha and M.
template <class T>
std::vector<LearnerSetup> learner_setups(const ExperimentConfig& config, const ExperimentInputs& inputs);

/// M in the precision of the run where role_of() the two is mapped, else the identity.
template <class T>
WeightMap weight_map(const ExperimentConfig& config, const std::string& a, const std::string& b);

}  // namespace steq
