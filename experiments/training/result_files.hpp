// SPDX-License-Identifier: MIT
// The engine's arrays as files of a run directory.
#pragma once

#include <string>

#include "experiments/training/summary.hpp"
#include "records/log_file.hpp"

namespace steq {

/// Latent weights, grid parameters and statistics of a learner as safetensors; the grid parameters TENSOR.grid.NAME and
/// LAYER.grid.NAME are float64, all else is in the precision of the run.
template <class T>
void write_weights(const std::string& path, const Learner<T>& learner, const std::vector<StatisticInfo>& statistics);

/// What one would deploy: `values` [tensors] in place of the latent weights, and the statistics.
template <class T>
void write_quantized(const std::string& path, const Learner<T>& learner, const std::vector<const T*>& values,
                     const std::vector<StatisticInfo>& statistics);

/// What was recorded of a cohort. `changes` and `latent` are null where they were not.
template <class T>
struct Recorded {
  const std::vector<Learner<T>>& learners;
  const std::vector<LearnerResult>& results;  ///< one a learner
  const LossRecorder<T>& losses;
  const ChangeRecorder<T>* changes = nullptr;
  const LatentRecorder<T>* latent = nullptr;
};

/// Writes all that later comparisons, also between runs, need beside weights and history, and closes the log.
template <class T>
void write_logs(LogWriter& writer, const Recorded<T>& recorded);

}  // namespace steq
