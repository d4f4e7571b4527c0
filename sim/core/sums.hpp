// SPDX-License-Identifier: MIT
// Sums that become results are pairwise and in double: small error, and an order that nothing but the length decides.
#pragma once

#include <cstddef>
#include <span>

namespace steq {

/// Sum of term(i) for i in [first, last), adding halves; exact order fixed by the length alone.
template <class Term>
double pairwise_sum(std::size_t first, std::size_t last, const Term& term) {
  if (last - first <= 8) {
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += term(i);
    return sum;
  }
  const std::size_t middle = first + (last - first) / 2;
  return pairwise_sum(first, middle, term) + pairwise_sum(middle, last, term);
}

inline double pairwise_sum(std::span<const double> values) {
  return pairwise_sum(0, values.size(), [&](std::size_t i) { return values[i]; });
}

}  // namespace steq
