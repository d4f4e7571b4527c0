// SPDX-License-Identifier: MIT
#include "records/watching.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

#include "records/log_checks.hpp"

namespace steq {
namespace {

constexpr auto kUnwatched = std::numeric_limits<WeightIndex>::max();

std::vector<WeightIndex> intersection(const std::vector<WeightIndex>& a, const std::vector<WeightIndex>& b) {
  std::vector<WeightIndex> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

std::vector<Window> common_windows(const Watching& a, const Watching& b) {
  if (a.whole()) return b.windows;
  if (b.whole()) return a.windows;
  std::vector<Window> both;
  for (const Window& x : a.windows)
    for (const Window& y : b.windows)
      if (const Window w{std::max(x.first, y.first), std::min(x.last, y.last)}; w.first <= w.last) both.push_back(w);
  return both;
}

/// The number of each weight in the sample, kUnwatched where it is in none: [weights].
std::vector<WeightIndex> places_of(const std::vector<WeightIndex>* sample, std::size_t weights) {
  std::vector<WeightIndex> places(weights, sample ? kUnwatched : 0);
  if (!sample) std::iota(places.begin(), places.end(), WeightIndex{0});
  for (std::size_t place = 0; sample && place < sample->size(); ++place)
    places[(*sample)[place]] = static_cast<WeightIndex>(place);
  return places;
}

/// Gathers change points, and appends them where levels are looked at.
class Looks {
 public:
  Looks(std::vector<Level> initial, Step every)
      : log_(initial), seen_(initial), now_(std::move(initial)), every_(every) {}

  void add(WeightIndex place, Step step, Level level) {
    const Step look = (step + every_ - 1) / every_ * every_;
    if (look != look_) look_at_levels();
    look_ = look;
    if (now_[place] == seen_[place]) moved_.push_back(place);
    now_[place] = level;
  }

  /// What came after the last look of so many updates nobody saw.
  ChangePointLog finish(Step steps) {
    if (look_ <= steps) look_at_levels();
    return std::move(log_);
  }

 private:
  void look_at_levels() {
    std::ranges::sort(moved_);
    const auto [end, unused] = std::ranges::unique(moved_);
    for (auto place = moved_.begin(); place != end; ++place)
      if (now_[*place] != seen_[*place]) log_.append({*place, look_, seen_[*place] = now_[*place]});
    moved_.clear();
  }

  ChangePointLog log_;
  std::vector<Level> seen_, now_;
  std::vector<WeightIndex> moved_;  // since the last look, perhaps back again
  Step every_, look_ = 0;
};

}  // namespace

const std::vector<WeightIndex>* Watching::sample(const std::string& tensor) const {
  const auto found = samples.find(tensor);
  return found == samples.end() ? nullptr : &found->second;
}

Watching common(const Watching& a, const Watching& b) {
  const auto every = std::min<std::uint64_t>(std::lcm(std::uint64_t{a.every}, std::uint64_t{b.every}), kMostSteps);
  Watching both{.every = static_cast<Step>(every), .samples = a.samples, .windows = common_windows(a, b)};
  for (const auto& [tensor, sample] : b.samples) {
    const auto [known, is_new] = both.samples.try_emplace(tensor, sample);
    if (!is_new) known->second = intersection(known->second, sample);
  }
  return both;
}

ChangePointLog watched_part(const ChangePointLog& log, const std::vector<WeightIndex>* sample, Step every, Step steps) {
  const std::vector<WeightIndex> places = places_of(sample, log.initial_levels().size());
  std::vector<Level> initial;
  for (std::size_t weight = 0; weight < places.size(); ++weight)
    if (places[weight] != kUnwatched) initial.push_back(log.initial_levels()[weight]);
  Looks looks(std::move(initial), every);
  for (std::size_t i = 0; i < log.size(); ++i)
    if (const auto [weight, step, level] = log[i]; places[weight] != kUnwatched) looks.add(places[weight], step, level);
  return looks.finish(steps);
}

ChangePointLog window_part(const ChangePointLog& log, const Window& window) {
  std::vector<Level> levels = log.initial_levels();
  std::size_t i = 0;
  for (; i < log.size() && log[i].step < window.first; ++i) levels[log[i].weight] = log[i].level;
  ChangePointLog part(std::move(levels));
  for (; i < log.size() && log[i].step <= window.last; ++i)
    part.append({log[i].weight, log[i].step - window.first + 1, log[i].level});
  return part;
}

}  // namespace steq
