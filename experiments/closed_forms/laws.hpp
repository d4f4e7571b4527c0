// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/closed_forms/law_config.hpp"
#include "experiments/training/run.hpp"

namespace steq {

/// Makes the draws of every law and writes tables, figure and verdicts; see run_cases().
RunOutcome run_laws(const LawExperiment& experiment, const RunOptions& options, const std::atomic<bool>& stop);

}  // namespace steq
