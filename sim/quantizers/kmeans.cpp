// SPDX-License-Identifier: MIT
#include "sim/quantizers/kmeans.hpp"

#include <algorithm>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

std::vector<double> equidistant(double from, double to, std::size_t count) {
  std::vector<double> centres(count, from);
  for (std::size_t c = 1; c < count; ++c)
    centres[c] = from + (to - from) * static_cast<double>(c) / static_cast<double>(count - 1);
  return centres;
}

/// Where the values of each cluster end, [centres]; both ascending.
std::vector<std::size_t> ends_of(const std::vector<double>& values, const std::vector<double>& centres) {
  std::vector<std::size_t> ends;
  for (std::size_t c = 0; c + 1 < centres.size(); ++c) {
    const double middle = (centres[c] + centres[c + 1]) / 2;
    ends.push_back(static_cast<std::size_t>(std::ranges::upper_bound(values, middle) - values.begin()));
  }
  ends.push_back(values.size());
  return ends;
}

}  // namespace

std::vector<double> kmeans(std::vector<double> values, std::size_t count) {
  std::ranges::sort(values);
  if (values.empty()) return std::vector<double>(count);
  std::vector<double> centres = equidistant(values.front(), values.back(), count);
  std::vector<std::size_t> ends, before;
  while ((ends = ends_of(values, centres)) != before) {
    for (std::size_t c = 0, first = 0; c < count; first = ends[c++])
      if (ends[c] > first)
        centres[c] = pairwise_sum(first, ends[c], [&](std::size_t i) { return values[i]; }) /
                     static_cast<double>(ends[c] - first);
    before = ends;
  }
  return centres;
}

}  // namespace steq
