// SPDX-License-Identifier: MIT
// What the metrics see of a finished run: plain arrays and logs, no networks.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/processes/change_points.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {

/// One quantized tensor of one learner. What was not recorded is null, empty or NaN; of the grid its levels, thresholds
/// and range, where its spacing is 0.
struct TensorTrace {
  std::string name;
  Grid grid;
  const ChangePointLog* log = nullptr;
  std::vector<double> initial;      ///< latent weights before the first update
  std::vector<double> final;        ///< latent weights after the last update
  double reach = kInfinity;         ///< the gradient is masked where |w| exceeds it
  double path_length = 0;           ///< sum over steps and weights of |w(t+1) - w(t)|, in weight units
  std::vector<double> values = {};  ///< those of the levels after the last update; without levels the latent weights
  std::optional<std::vector<WeightIndex>> watched = {};  ///< which weights the log follows, ascending, if not all

  /// Which weight of the tensor the log calls `place`.
  WeightIndex weight(std::size_t place) const { return watched ? (*watched)[place] : static_cast<WeightIndex>(place); }
  /// What the log calls that weight, which it must follow.
  std::size_t place(WeightIndex weight) const;
};

/// One learner. Per-epoch series have one entry for each epoch that was evaluated.
struct LearnerTrace {
  std::string name;
  std::vector<TensorTrace> tensors;  ///< the same order in all learners of a cohort
  std::vector<double> train_loss;
  std::vector<double> test_loss;
  std::vector<double> test_accuracy;
  std::vector<double> logits;         ///< [test samples, classes] after the last update
  std::vector<std::uint32_t> labels;  ///< [test samples]
};

/// Maps a latent weight of learner a into the coordinates of learner b: M, or the identity.
using WeightMap = std::function<double(const Grid&, double)>;

}  // namespace steq
