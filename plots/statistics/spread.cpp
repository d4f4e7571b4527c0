// SPDX-License-Identifier: MIT
#include "plots/statistics/spread.hpp"

#include <algorithm>

namespace steq {

std::optional<Spread> spread_of(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  std::ranges::sort(values);
  const std::size_t n = values.size();
  return Spread{(values[(n - 1) / 2] + values[n / 2]) / 2, values.front(), values.back()};
}

}  // namespace steq
