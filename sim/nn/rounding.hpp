// SPDX-License-Identifier: MIT
// The control `rounding`: the sums of a network, rounded otherwise.
#pragma once

#include <cstdint>

#include "sim/core/sample_shape.hpp"
#include "sim/core/types.hpp"
#include "sim/nn/batch_plan.hpp"

namespace steq {

/// All that the moves depend on besides the place of a sum.
struct Rounding {
  std::uint64_t seed = 0;
  Step step = 0;  ///< updates done, or to be done with this pass
};

/// The sums that one layer made of some samples.
template <class T>
struct PreActivations {
  std::uint32_t layer;  ///< index of its first tensor in the network
  SampleRange samples;  ///< in the batch, or in the dataset that is evaluated
  SampleShape shape;    ///< of one sample
  T* y;                 ///< [n, height, width, channels]
};

/// Moves every sum by -1, 0 or 1 unit in the last place of the largest of the sums over the same inputs: those of its
/// pixel, or of its sample where the layer is dense. A pure function of all that the arguments say.
template <class T>
void round_otherwise(const Rounding& rounding, const PreActivations<T>& sums);

}  // namespace steq
