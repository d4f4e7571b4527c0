// SPDX-License-Identifier: MIT
// LQ-Nets: levels are all sums of the numbers of a basis with either sign.
#pragma once

#include <vector>

#include "sim/codebooks/sorted_values.hpp"

namespace steq {

/// One level, and the signs that make it: bit k of `code` is set where basis number k counts positive.
struct BasisLevel {
  double value;
  std::size_t code;
};

/// All 2^K of them, ascending; of equal levels the lower code comes first.
std::vector<BasisLevel> basis_levels(const std::vector<double>& basis);

/// The values alone.
std::vector<double> basis_values(const std::vector<double>& basis);

/// max |w| 2^k / (2^K - 1), k = 0 .. K - 1.
std::vector<double> first_basis(double largest_magnitude, std::size_t count);

/// v = (B'B)^-1 B'w, for the codes B that each w has at its nearest level of `basis`; `basis` where that has no unique
/// solution. Zhang et al., arXiv:1807.10029, algorithm 1.
template <class T>
std::vector<double> next_basis(const SortedValues<T>& values, const std::vector<double>& basis);

/// Both in turn until no code changes.
template <class T>
std::vector<double> best_basis(const SortedValues<T>& values, std::vector<double> basis);

}  // namespace steq
