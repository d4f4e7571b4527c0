// SPDX-License-Identifier: MIT
// Two learners over several seeds: the difference of a quantity, seed by seed.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace steq {

/// Which of two values is the better one.
enum class Better { larger, smaller };

/// What can be said of the first learner against the second.
enum class Outcome { better, worse, not_told_apart };

/// first - second over the seeds. The interval is the 95 % interval of the mean by the paired t-test, which is exact
/// where the differences are normal; the outcome is the side of 0 on which it lies.
struct PairedDifference {
  std::size_t seeds = 0;  ///< at least 1
  double median = 0, mean = 0;
  std::optional<double> low{}, high{};  ///< nothing with one seed, or where all differences are the same but not 0
  std::size_t first_better = 0;         ///< seeds in which the first learner is the better one
  Outcome outcome = Outcome::not_told_apart;
  /// The fewest seeds with which the same test tells them apart in four of five studies, if mean and spread of the
  /// differences are what these seeds show. Nothing where that is not known, or more than kMostSeeds.
  std::optional<std::size_t> seeds_needed{};
};

inline constexpr std::size_t kMostSeeds = 10'000;

/// `first` and `second` hold one value a seed, in the same order. Where all differences are the same but not 0 they
/// have no spread; then the sign test decides, which needs six seeds. Nothing where there are no values.
std::optional<PairedDifference> paired_difference(const std::vector<double>& first, const std::vector<double>& second,
                                                  Better better);

/// The fewest seeds with which a paired t-test at 5 % finds a difference of `mean` / `deviation` standard deviations
/// with probability 0.8 on the right side, by the noncentral t distribution; nothing above kMostSeeds, or where mean or
/// deviation is 0.
std::optional<std::size_t> seeds_to_tell_apart(double mean, double deviation);

}  // namespace steq
