// SPDX-License-Identifier: MIT
// Sums that become results are pairwise and in double: small error, and an order that nothing but the length decides.
#pragma once

#include <array>
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

/// Sum of term(i) for i in [0, n) of one block, in 16 stripes that the compiler can add at once; the stripes are then
/// added pairwise. The order is fixed by the length alone.
template <class Term>
double striped_sum(std::size_t n, const Term& term) {
  std::array<double, 16> stripes{};
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16)
    for (std::size_t s = 0; s < 16; ++s) stripes[s] += term(i + s);
  for (std::size_t s = 0; i + s < n; ++s) stripes[s] += term(i + s);
  return pairwise_sum(stripes);
}

}  // namespace steq
