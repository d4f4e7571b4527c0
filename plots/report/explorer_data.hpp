// SPDX-License-Identifier: MIT
// The quantized learning processes of two learners, compact enough to stand in a page.
#pragma once

#include "plots/report/reported_run.hpp"

namespace steq {

/// At most about so many change points of both learners together; base64 makes 8 characters of each.
inline constexpr std::size_t kMostChangePoints = 300'000;

/// {learners, styles: places in line_styles(), steps, sampled: "" or a sentence, first: {tensor, weight} or null,
/// tensors: [{name, shape, count, levels, thresholds, weights, learners: [{initial, offsets, steps, levels}]}]}.
/// `weights` are the weights whose level changed in either learner; where there are more than `most` change points
/// every n-th of them, besides the one that changes most in each tensor and that of the first divergence. Numbers are
/// packed. Null where two such learners are not there.
Json explorer_data(const ReportedRun& run, std::size_t most = kMostChangePoints);

}  // namespace steq
