// SPDX-License-Identifier: MIT
// The engine's arrays as files of a run directory.
#pragma once

#include <string>

#include "experiments/training/summary.hpp"

namespace steq {

/// Latent weights and statistics of a learner, in the precision of the run, as safetensors.
template <class T>
void write_weights(const std::string& path, const Learner<T>& learner, const std::vector<StatisticInfo>& statistics);

/// logs.h5. `changes` and `latent` are null where they were not recorded.
template <class T>
void write_logs(const std::string& path, const std::vector<Learner<T>>& learners, const LossRecorder<T>& losses,
                const ChangeRecorder<T>* changes, const LatentRecorder<T>* latent);

}  // namespace steq
