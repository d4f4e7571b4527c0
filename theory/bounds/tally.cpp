// SPDX-License-Identifier: MIT
#include "theory/bounds/tally.hpp"

#include <array>
#include <cmath>

#include "sim/core/stripes.hpp"

namespace steq {

void Tally::add(const Tally& other) {
  checked += other.checked;
  violations += other.violations;
  not_applicable += other.not_applicable;
  measured += other.measured;
  bound += other.bound;
  if (!(other.largest_excess > largest_excess)) return;
  largest_excess = other.largest_excess;
  step = other.step;
  weight = other.weight;
}

Tally tally_block(std::span<const double> measured, std::span<const double> bound, std::span<const double> tolerance,
                  std::size_t first, Step step) {
  Tally tally{.step = step, .weight = first};
  const auto where_checked = [&](std::span<const double> values) {
    std::array<double, kBlock> checked;
    for (std::size_t i = 0; i < values.size(); ++i) checked[i] = std::isfinite(bound[i]) ? values[i] : 0;
    return striped_sum<double>(std::span(checked).first(values.size()));
  };
  tally.measured = where_checked(measured);
  tally.bound = where_checked(bound);
  for (std::size_t i = 0; i < bound.size(); ++i) {
    if (!std::isfinite(bound[i])) continue;
    const double excess = measured[i] - bound[i];
    ++tally.checked;
    // Written so that a measured NaN is a violation.
    if (!(excess <= tolerance[i])) ++tally.violations;
    if (!(excess > tally.largest_excess)) continue;
    tally.largest_excess = excess;
    tally.weight = first + i;
  }
  tally.not_applicable = bound.size() - tally.checked;
  return tally;
}

Tally merged(std::span<const Tally> blocks) {
  Tally sum;
  for (const Tally& block : blocks) sum.add(block);
  sum.measured = pairwise_sum(0, blocks.size(), [&](std::size_t i) { return blocks[i].measured; });
  sum.bound = pairwise_sum(0, blocks.size(), [&](std::size_t i) { return blocks[i].bound; });
  return sum;
}

}  // namespace steq
