// SPDX-License-Identifier: MIT
// Where a divergence stands against that of a control, with a dead band: what cannot be told apart is alike.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace steq {

enum class Standing { below, alike, above };

/// A divergence, 0 or above: one value of each seed, at least one.
struct MeasuredDivergence {
  std::vector<double> values;
  /// Of how many weights the values are shares; nothing where they are no shares, or that is not known.
  std::optional<std::uint64_t> weights = {};

  double median() const;
};

/// One run tells less than a tenth of a divergence: other seeds change it by more.
inline constexpr double kDeadBand = 0.1;

/// With as many seeds in both, at least two, by the paired t-test at 5 % of the logarithms (of the values, where one is
/// 0). Else by the medians: alike within kDeadBand of the larger one, or where they are counts of weights that the
/// exact binomial test does not tell apart at 5 %.
Standing standing(const MeasuredDivergence& divergence, const MeasuredDivergence& control);

/// The two-sided p-value of the hypothesis that counts of the same whole have the same mean; 1 where both are 0.
double probability_of_counts(std::uint64_t a, std::uint64_t b);

/// How many digits of a count a run can support, 1 to 3: those that its square root leaves.
int digits_of_count(double count);

}  // namespace steq
