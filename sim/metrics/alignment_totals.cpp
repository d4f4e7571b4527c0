// SPDX-License-Identifier: MIT
#include "sim/metrics/alignment_totals.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

bool weights_recorded(const LearnerTrace& learner) {
  return std::ranges::none_of(learner.tensors, [](const TensorTrace& tensor) { return tensor.final.empty(); });
}

/// A grid that was fitted to zeros has none either.
bool have_ranges(const LearnerTrace& learner) {
  return std::ranges::all_of(learner.tensors, [](const TensorTrace& tensor) { return tensor.grid.range > 0; });
}

/// Meaningful where `final` is recorded in both.
AlignmentTotals tensor_totals(const TensorTrace& a, const TensorTrace& b, const WeightMap& map) {
  const std::size_t weights = b.final.size(), started = b.initial.size();
  const double range = b.grid.range;
  const double distance =
      pairwise_sum(0, weights, [&](std::size_t i) { return std::abs(map(a.grid, a.final[i]) - b.final[i]); });
  const double displacement =
      pairwise_sum(0, started, [&](std::size_t i) { return std::abs(b.final[i] - b.initial[i]); });
  return {.distance = distance / range,
          .path = b.path_length / range,
          .bins = static_cast<double>(weights) * b.grid.delta / range,
          .displacement = displacement / range};
}

}  // namespace

AlignmentTotals alignment_totals(const LearnerTrace& a, const LearnerTrace& b, const WeightMap& map) {
  if (!weights_recorded(a) || !weights_recorded(b) || !have_ranges(b)) return {};
  std::vector<AlignmentTotals> tensors;
  for (std::size_t i = 0; i < b.tensors.size(); ++i) tensors.push_back(tensor_totals(a.tensors[i], b.tensors[i], map));
  const auto sum = [&](double AlignmentTotals::*part) {
    return pairwise_sum(0, tensors.size(), [&](std::size_t i) { return tensors[i].*part; });
  };
  const auto all = [&](const auto& holds) { return std::ranges::all_of(b.tensors, holds); };
  const bool followed = all([](const TensorTrace& t) { return !std::isnan(t.path_length); });
  const bool equidistant = all([](const TensorTrace& t) { return t.grid.delta > 0; });
  const bool started = all([](const TensorTrace& t) { return !t.initial.empty(); });
  return {.distance = sum(&AlignmentTotals::distance),
          .path = followed ? sum(&AlignmentTotals::path) : 0,
          .bins = equidistant ? sum(&AlignmentTotals::bins) : 0,
          .displacement = started ? sum(&AlignmentTotals::displacement) : 0};
}

}  // namespace steq
