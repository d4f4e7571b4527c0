// SPDX-License-Identifier: MIT
#include "sim/codebooks/shared_counts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steq {

std::vector<std::size_t> shared_counts(std::size_t each, std::span<const double> norms) {
  const double sum = std::accumulate(norms.begin(), norms.end(), 0.0);
  std::vector<std::size_t> counts(norms.size(), each);
  if (!(sum > 0) || !std::isfinite(sum)) return counts;
  const std::size_t kept = each / 2, shared = (each - kept) * norms.size();
  for (std::size_t i = 0; i < norms.size(); ++i)
    counts[i] = kept + static_cast<std::size_t>(std::nearbyint(static_cast<double>(shared) * (norms[i] / sum)));
  for (std::size_t total = std::accumulate(counts.begin(), counts.end(), std::size_t{0}); total > each * norms.size();
       --total)
    --*std::ranges::max_element(counts);
  for (std::size_t total = std::accumulate(counts.begin(), counts.end(), std::size_t{0}); total < each * norms.size();
       ++total)
    ++*std::ranges::min_element(counts);
  return counts;
}

}  // namespace steq
