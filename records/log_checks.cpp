// SPDX-License-Identifier: MIT
#include "records/log_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

/// What is wrong with change point i; empty where nothing is. `now`: the level of each weight before it.
std::string wrong_point(const LogColumns& log, std::size_t i, const std::vector<Level>& now, Level highest) {
  const WeightIndex weight = log.weights[i];
  const Step step = log.steps[i];
  const Level level = log.levels[i];
  if (weight >= now.size()) return fmt::format("weight {} is not allowed; allowed: below {}", weight, now.size());
  if (step < 1 || step > kMostSteps) return fmt::format("step {} is not allowed; allowed: 1 to {}", step, kMostSteps);
  if (i > 0 && std::pair(step, weight) <= std::pair(log.steps[i - 1], log.weights[i - 1]))
    return fmt::format(
        "step {}, weight {} after step {}, weight {}; allowed: ascending steps, and ascending weights at one step",
        step, weight, log.steps[i - 1], log.weights[i - 1]);
  if (level < 0 || level > highest) return fmt::format("level {} is not allowed; allowed: 0 to {}", level, highest);
  if (level == now[weight])
    return fmt::format("weight {} stands on level {} already; allowed: changes only", weight, level);
  return "";
}

}  // namespace

void check_log(const LogColumns& log, Level highest, const std::string& path, const std::string& group) {
  const std::size_t points = log.weights.size();
  if (log.steps.size() != points || log.levels.size() != points)
    throw InputError(path, fmt::format("{}/change_points: {} weights, {} steps, {} levels; allowed: equally many",
                                       group, points, log.steps.size(), log.levels.size()));
  std::vector<Level> now(log.initial_levels.begin(), log.initial_levels.end());
  const auto outside = [&](Level level) { return level < 0 || level > highest; };
  if (const auto found = std::ranges::find_if(now, outside); found != now.end())
    throw InputError(path, fmt::format("{}/initial_levels[{}]: level {} is not allowed; allowed: 0 to {}", group,
                                       found - now.begin(), *found, highest));
  for (std::size_t i = 0; i < points; ++i) {
    if (const std::string wrong = wrong_point(log, i, now, highest); !wrong.empty())
      throw InputError(path, fmt::format("{}/change_points[{}]: {}", group, i, wrong));
    now[log.weights[i]] = log.levels[i];
  }
}

}  // namespace steq
