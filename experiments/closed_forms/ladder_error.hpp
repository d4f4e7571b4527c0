// SPDX-License-Identifier: MIT
// The error of one case of "kind": "orders" at one rate.
#pragma once

#include <atomic>

#include "experiments/closed_forms/order_config.hpp"
#include "experiments/training/run.hpp"

namespace steq {

/// One simulation of a case.
struct LadderPoint {
  double factor;          ///< share of the largest rate
  std::uint32_t repeat;   ///< added to the seed
  std::string directory;  ///< of its own run, where it is a training run
};

/// In bins. Without a network the mean of |M(w) - w_twin|; of a training run the root mean square of that, or the mean
/// of |M(w_a) - w_b| against another learner. 0 where there is nothing to measure, as for the STE itself. DomainError
/// where a run breaks down.
double ladder_error(const OrderCase& c, const LadderPoint& point, const RunOptions& options,
                    const std::atomic<bool>& stop);

}  // namespace steq
