// SPDX-License-Identifier: MIT
// Reductions over a block in 16 stripes, which vector registers hold: fast, in an order that the length alone decides.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "sim/core/sums.hpp"

namespace steq {

/// Stripe s has the values s, s + 16, s + 32, ...; each is reduced by itself, from zero on.
template <class Sum>
class Stripes {
 public:
  /// reduce(sums, values) takes half of the stripes at once, or one: vectors of 8, or scalars.
  template <class T, class Reduce>
  Stripes(std::span<const T> values, const Reduce& reduce) {
    Eight<Sum> low{}, high{};
    Eight<T> next;
    std::size_t i = 0;
    for (; i + 16 <= values.size(); i += 16) {
      std::memcpy(&next, values.data() + i, sizeof next);
      reduce(low, __builtin_convertvector(next, Eight<Sum>));
      std::memcpy(&next, values.data() + i + 8, sizeof next);
      reduce(high, __builtin_convertvector(next, Eight<Sum>));
    }
    std::memcpy(stripes_.data(), &low, sizeof low);
    std::memcpy(stripes_.data() + 8, &high, sizeof high);
    for (std::size_t s = 0; i + s < values.size(); ++s) reduce(stripes_[s], static_cast<Sum>(values[i + s]));
  }

  const std::array<Sum, 16>& values() const { return stripes_; }

 private:
  template <class T>
  using Eight [[gnu::vector_size(8 * sizeof(T))]] = T;

  std::array<Sum, 16> stripes_;
};

/// Sum of the values in double, the stripes added pairwise.
template <class T>
double striped_sum(std::span<const T> values) {
  return pairwise_sum(Stripes<double>(values, [](auto& sum, const auto& x) { sum += x; }).values());
}

/// The largest |value|; a NaN counts as nothing.
template <class T>
T largest_magnitude(std::span<const T> values) {
  const Stripes<T> most(values, [](auto& largest, const auto& x) {
    const auto size = x < 0 ? -x : x;
    largest = largest < size ? size : largest;
  });
  return *std::max_element(most.values().begin(), most.values().end());
}

}  // namespace steq
