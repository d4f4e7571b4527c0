// SPDX-License-Identifier: MIT
// "record": {"bounds": true}: the theorems held against every equivalent pair of a run, and what comes out as files.
#pragma once

#include "experiments/training/experiment_inputs.hpp"
#include "records/run_directory.hpp"
#include "theory/bounds/pair_bounds.hpp"

namespace steq {

/// Throws InputError with every reason why the theorems do not cover this experiment, where its bounds are to be
/// recorded.
void require_bounds(const ExperimentConfig& config, const ExperimentInputs& inputs);

template <class T>
class RunBounds {
 public:
  /// For every comparison of kind "equivalent" whose second learner is an STE learner, under whatever name.
  RunBounds(const ExperimentConfig& config, const std::vector<Learner<T>>& learners, Step steps, int threads);

  void observe(std::vector<Observer<T>*>& observers);
  /// When training is over, however it ended: "bounds" in those comparisons of the summary, and tables/bounds.csv.
  void save(Json& summary, const RunDirectory& directory);

 private:
  struct Pair {
    std::size_t comparison;
    PairBounds<T> bounds;
  };

  std::vector<std::unique_ptr<Pair>> pairs_;
};

}  // namespace steq
