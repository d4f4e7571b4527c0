// SPDX-License-Identifier: MIT
// Two learners in the windows in which all of their weights were followed, each window as a training of its own.
#pragma once

#include "records/stored_run.hpp"

namespace steq {

/// For each window that both trainings reached, as far as they are known to end, up to where the shorter one did, {"first", "last", "weights", "change_points": {"a", "b"}, "metrics": those that levels alone define,
/// "first_divergence": null, or as comparison_json has it}. Weights that stand on different levels before the window
/// diverge at its step first - 1. Throws InputError as StoredLearner does, DomainError where the tensors differ.
Json window_comparisons(const StoredRun& run_a, const std::string& a, const StoredRun& run_b, const std::string& b,
                        const std::vector<Window>& windows);

}  // namespace steq
