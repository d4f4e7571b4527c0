// SPDX-License-Identifier: MIT
// Numbers on a line, sorted once, whose sums over any run of neighbours cost one look each.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace steq {

/// Immutable. T is float or double; sums are in double, and depend on nothing but the values.
template <class T>
class SortedValues {
 public:
  /// Each value counts once, or as often as its weight says: `weights` [values], at least 0.
  explicit SortedValues(std::span<const T> values, std::span<const T> weights = {});

  std::size_t size() const { return values_.size(); }
  std::span<const T> values() const { return values_; }
  /// The first value above x; size() where there is none.
  std::size_t first_above(double x) const;

  struct Sums {
    double weight = 0;  ///< the number of values where all count once
    double value = 0;   ///< of weight times value
  };
  /// Over values [first, last).
  Sums between(std::size_t first, std::size_t last) const;

 private:
  static constexpr std::size_t kRun = 256;  // sums are stored for every so many values: little memory, and fast
  Sums up_to(std::size_t end) const;
  Sums over(std::size_t first, std::size_t last) const;

  std::vector<T> values_;
  std::vector<T> weights_;  // in the order of the values; empty where all count once
  std::vector<Sums> runs_;  // before run i
};

}  // namespace steq
