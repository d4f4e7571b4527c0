// SPDX-License-Identifier: MIT
// Learners whose quantizer lets the gradients decide how many levels each tensor has.
#pragma once

#include "experiments/training/experiment_inputs.hpp"
#include "sim/training/cohort.hpp"

namespace steq {

/// The setups, where the quantized tensors of such learners have quantizers of their own. The gradients are those of the first batches, at
/// the weights as they begin, unquantized, by the learner's own loss; a norm is the mean over the batches. `settings` are
/// those of the run: its own steps and batches are not used up.
template <class T>
std::vector<LearnerSetup> with_shared_levels(std::vector<LearnerSetup> setups, const ExperimentInputs& inputs,
                                             CohortSettings settings);

}  // namespace steq
