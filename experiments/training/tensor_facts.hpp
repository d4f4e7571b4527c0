// SPDX-License-Identifier: MIT
// What summary.json says of each quantized tensor of a learner, so that assumptions can be checked afterwards.
#pragma once

#include "records/json_values.hpp"
#include "sim/training/learner.hpp"

namespace steq {

/// {TENSOR: {"largest_gradient": max |dL/dQ(w)| over the run, "largest_step": max |w(t+1) - w(t)|, "dead_share": share
/// of weights whose gradient is masked at the end, "rate_factor": alpha or 1, "small_moment_share": share of weights
/// with a corrected root of the second moment below 100 epsilon at the end; only where the optimizer has one}}
template <class T>
Json tensor_facts(const Learner<T>& learner, Step steps);

}  // namespace steq
