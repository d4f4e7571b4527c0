// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/studies/study_case.hpp"

namespace steq {

/// Reads the data and builds the network and the learners of every stage of every chain, for one of its seeds, with
/// weights drawn where those of an earlier stage will stand: what a later stage refuses is told before the first is
/// trained. Throws InputError with every problem, also where an earlier network has not the tensors that a stage takes of
/// it. Stages that read something else of an earlier one than where they begin are left out.
void require_chain_inputs(const std::vector<StudyCase>& cases);

}  // namespace steq
