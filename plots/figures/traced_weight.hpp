// SPDX-License-Identifier: MIT
// One weight in both learners of a pair, as tables over steps.
#pragma once

#include <string>
#include <utility>

#include "plots/figures/chosen_weights.hpp"
#include "plots/figures/pairs.hpp"
#include "plots/tables/table.hpp"
#include "sim/processes/learning_processes.hpp"

namespace steq {

/// The processes point into arrays that must outlive it.
struct TracedWeight {
  ChosenWeight chosen;
  WeightIndex number;  ///< in its tensor
  std::string name;
  LearningProcess a, b;
  Grid grid_a, grid_b;
};

/// Step, the level in a and in b from then on, and the same once more where it is a change point.
Table process_table(const TracedWeight& weight, Step steps, const Pair& pair);

/// Step, latent weights of a and b in levels, each on its own grid: thresholds lie at the halves, and what is beyond the
/// outermost level by more than one is drawn there. No rows where they were not recorded, or the thresholds of a grid that moves were
/// not.
Table latent_table(const StoredRun& run, const TracedWeight& weight, const std::string& tensor, const Pair& pair);

/// The lowest and the highest level that the weight takes, or that its latent weight comes near.
std::pair<int, int> extent(const TracedWeight& weight, const Table& latent);

}  // namespace steq
