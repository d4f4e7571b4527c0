// SPDX-License-Identifier: MIT
#include "sim/codebooks/sorted_values.hpp"

#include <algorithm>

namespace steq {
namespace {

template <class T>
struct Weighted {
  T value, weight;
};

/// Both lists in the order of the values; of equal values the weights ascend, so that no order of them changes a sum.
template <class T>
void sort_together(std::vector<T>& values, std::vector<T>& weights) {
  std::vector<Weighted<T>> pairs(values.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {values[i], weights[i]};
  std::sort(pairs.begin(), pairs.end(), [](const Weighted<T>& a, const Weighted<T>& b) {
    return a.value < b.value || (a.value == b.value && a.weight < b.weight);
  });
  for (std::size_t i = 0; i < pairs.size(); ++i) values[i] = pairs[i].value, weights[i] = pairs[i].weight;
}

}  // namespace

template <class T>
SortedValues<T>::SortedValues(std::span<const T> values, std::span<const T> weights)
    : values_(values.begin(), values.end()), weights_(weights.begin(), weights.end()) {
  if (weights_.empty())
    std::sort(values_.begin(), values_.end());
  else
    sort_together(values_, weights_);
  Sums sum;
  for (std::size_t first = 0; first <= values_.size(); first += kRun) {
    runs_.push_back(sum);
    const Sums run = over(first, std::min(first + kRun, values_.size()));
    sum = {sum.weight + run.weight, sum.value + run.value};
  }
}

template <class T>
std::size_t SortedValues<T>::first_above(double x) const {
  const auto above = std::upper_bound(values_.begin(), values_.end(), x,
                                      [](double limit, T value) { return limit < static_cast<double>(value); });
  return static_cast<std::size_t>(above - values_.begin());
}

template <class T>
typename SortedValues<T>::Sums SortedValues<T>::over(std::size_t first, std::size_t last) const {
  Sums sum;
  for (std::size_t i = first; i < last; ++i) {
    const double weight = weights_.empty() ? 1.0 : static_cast<double>(weights_[i]);
    sum.weight += weight;
    sum.value += weight * static_cast<double>(values_[i]);
  }
  return sum;
}

template <class T>
typename SortedValues<T>::Sums SortedValues<T>::up_to(std::size_t end) const {
  const Sums whole = runs_[end / kRun], rest = over(end / kRun * kRun, end);
  return {whole.weight + rest.weight, whole.value + rest.value};
}

/// Of few neighbours the difference of two running sums would lose digits.
template <class T>
typename SortedValues<T>::Sums SortedValues<T>::between(std::size_t first, std::size_t last) const {
  if (last - first <= 2 * kRun) return over(first, last);
  const Sums a = up_to(first), b = up_to(last);
  return {b.weight - a.weight, b.value - a.value};
}

template class SortedValues<float>;
template class SortedValues<double>;

}  // namespace steq
