// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace steq {

/// sums[i] += terms[i]; the shorter of the two counts as ending in zeros.
template <class T>
void add_entries(std::vector<T>& sums, const std::vector<T>& terms) {
  sums.resize(std::max(sums.size(), terms.size()));
  std::transform(terms.begin(), terms.end(), sums.begin(), sums.begin(), std::plus<>());
}

}  // namespace steq
