// SPDX-License-Identifier: MIT
// `steq run` of a config of "kind": "orders".
#pragma once

#include <atomic>

#include "experiments/closed_forms/order_config.hpp"
#include "experiments/training/run.hpp"

namespace steq {

/// Simulates every case at every rate and fits the order of its mean error; writes the run directory: summary.json,
/// tables/CASE.csv, figures/orders.svg. Throws as run_experiment() does, NumericalError where a case breaks down.
RunOutcome run_orders(const OrderExperiment& experiment, const RunOptions& options, const std::atomic<bool>& stop);

}  // namespace steq
