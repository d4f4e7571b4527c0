// SPDX-License-Identifier: MIT
#include "sim/codebooks/kmeans_centres.hpp"

namespace steq {
namespace {

/// Where rounding made the rounds go in a circle, one of them must be the last.
constexpr int kMostRounds = 100000;

}  // namespace

template <class T>
std::vector<double> equidistant_centres(const SortedValues<T>& values, std::size_t count) {
  if (values.size() == 0) return std::vector<double>(count);
  const double from = static_cast<double>(values.values().front()), to = static_cast<double>(values.values().back());
  std::vector<double> centres(count, from);
  for (std::size_t c = 1; c < count; ++c)
    centres[c] = from + (to - from) * static_cast<double>(c) / static_cast<double>(count - 1);
  return centres;
}

template <class T>
std::vector<std::size_t> cluster_ends(const SortedValues<T>& values, const std::vector<double>& centres) {
  std::vector<std::size_t> ends;
  for (std::size_t c = 0; c + 1 < centres.size(); ++c)
    ends.push_back(values.first_above((centres[c] + centres[c + 1]) / 2));
  ends.push_back(values.size());
  return ends;
}

template <class T>
std::vector<double> kmeans_centres(const SortedValues<T>& values, std::vector<double> centres) {
  std::vector<std::size_t> ends, before;
  for (int round = 0; round < kMostRounds && (ends = cluster_ends(values, centres)) != before; ++round) {
    for (std::size_t c = 0, first = 0; c < centres.size(); first = ends[c++])
      if (const auto sums = values.between(first, ends[c]); sums.weight > 0) centres[c] = sums.value / sums.weight;
    before = ends;
  }
  return centres;
}

template std::vector<double> equidistant_centres(const SortedValues<float>&, std::size_t);
template std::vector<double> equidistant_centres(const SortedValues<double>&, std::size_t);
template std::vector<std::size_t> cluster_ends(const SortedValues<float>&, const std::vector<double>&);
template std::vector<std::size_t> cluster_ends(const SortedValues<double>&, const std::vector<double>&);
template std::vector<double> kmeans_centres(const SortedValues<float>&, std::vector<double>);
template std::vector<double> kmeans_centres(const SortedValues<double>&, std::vector<double>);

}  // namespace steq
