// SPDX-License-Identifier: MIT
// `steq run` of a config of "kind": "predictions".
#pragma once

#include <atomic>

#include "experiments/closed_forms/prediction_config.hpp"
#include "experiments/training/run.hpp"

namespace steq {

/// Simulates every case and writes the run directory: summary.json with the deviation of each, tables/CASE.csv,
/// figures/predictions.svg. Throws as run_experiment() does, NumericalError where a case breaks down.
RunOutcome run_predictions(const PredictionExperiment& experiment, const RunOptions& options,
                           const std::atomic<bool>& stop);

}  // namespace steq
