// SPDX-License-Identifier: MIT
#include "sim/metrics/dwell_times.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "sim/metrics/add_entries.hpp"
#include "sim/processes/change_tracker.hpp"

namespace steq {
namespace {

using Lengths = std::vector<std::uint64_t>;

}  // namespace

DwellTimes& DwellTimes::operator+=(const DwellTimes& other) {
  add_entries(complete, other.complete);
  add_entries(first, other.first);
  add_entries(open, other.open);
  unchanged += other.unchanged;
  return *this;
}

DwellTimes dwell_times(const ChangePointLog& log, Step steps) {
  const Lengths none(std::size_t{steps} + 1);
  DwellTimes times{.complete = none, .first = none, .open = none};
  const ChangeTracker end = for_each_change(log, [&](const ChangePoint&, const LevelChange& change) {
    ++(change.first ? times.first : times.complete).at(change.dwell);
  });
  for (std::size_t weight = 0; weight < end.weights(); ++weight)
    if (end.changed(weight))
      ++times.open.at(steps - end.since(weight));
    else
      ++times.unchanged;
  return times;
}

std::uint64_t dwell_count(const Lengths& lengths) {
  return std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{0});
}

std::optional<Step> dwell_quantile(const Lengths& lengths, double p) {
  const double wanted = p * static_cast<double>(dwell_count(lengths));
  std::uint64_t below = 0;
  for (std::size_t length = 0; length < lengths.size(); ++length) {
    below += lengths[length];
    if (below > 0 && static_cast<double>(below) >= wanted) return static_cast<Step>(length);
  }
  return std::nullopt;
}

Lengths dwell_bins(const Lengths& lengths) {
  Lengths bins;
  for (std::size_t length = 0; length < lengths.size(); ++length) {
    if (lengths[length] == 0) continue;
    const auto bin = static_cast<std::size_t>(std::bit_width(std::max<std::size_t>(length, 1)) - 1);
    bins.resize(std::max(bins.size(), bin + 1));
    bins[bin] += lengths[length];
  }
  return bins;
}

}  // namespace steq
