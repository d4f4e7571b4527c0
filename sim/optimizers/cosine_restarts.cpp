// SPDX-License-Identifier: MIT
#include <cmath>
#include <numbers>

#include "sim/optimizers/warmup.hpp"

namespace steq::optimizers {
namespace {

/// `updates` where it is a whole number but for the rounding of a product.
double whole(double updates) {
  const double nearest = std::round(updates);
  return std::abs(updates - nearest) <= 1e-12 * updates ? nearest : updates;
}

/// The cycle that an update belongs to.
struct Cycle {
  double begin, length;  ///< updates
};

/// Cycle k begins after first (1 + growth + ... + growth^(k-1)) updates.
Cycle cycle_of(double update, double first, double growth) {
  if (growth == 1) return {std::floor(update / first) * first, first};
  const double log_growth = std::log(growth);
  const auto begin = [&](double k) { return whole(first * std::expm1(k * log_growth) / (growth - 1)); };
  double k = std::floor(std::log1p(update / first * (growth - 1)) / log_growth);
  while (begin(k + 1) <= update) ++k;  // the logarithm may have rounded to either side
  while (k > 0 && begin(k) > update) --k;
  return {begin(k), first * std::pow(growth, k)};
}

struct CosineRestarts {
  double period, growth, floor;

  double operator()(std::uint64_t update, std::uint64_t updates) const {
    const double c = static_cast<double>(update);
    const Cycle cycle = cycle_of(c, whole(period * static_cast<double>(updates)), growth);
    return above_floor(floor, (1 + std::cos(std::numbers::pi * (c - cycle.begin) / cycle.length)) / 2);
  }
};

}  // namespace

ScheduleRegistry::Entry cosine_restarts() {
  return {{.name = "cosine-restarts",
           .summary = "Half a cosine from the peak down to the floor, again and again, each time `growth` times as "
                      "long as before.",
           .formula = "lr (floor + (1 - floor) (1 + cos(pi x / T)) / 2), x = updates since the cycle began, T = period "
                      "n growth^k in cycle k = 0, 1, ...",
           .citation = "Loshchilov, Hutter, arXiv:1608.03983",
           .parameters = {{.name = "period",
                           .meaning = "length of the first cycle, a share of all updates",
                           .min = 0,
                           .max = 1,
                           .min_excluded = true,
                           .example = Value(0.25),
                           .aliases = {{"t_0", "\"period\", a share of all updates"},
                                       {"first_cycle", "\"period\", a share of all updates"}}},
                          {.name = "growth",
                           .fallback = Value(1.0),
                           .meaning = "length of a cycle over that of the one before it",
                           .min = 1,
                           .max = 1000,
                           .aliases = {{"t_mult"}}},
                          floor_parameter()},
           .aliases =
               {{"sgdr"}, {"warm-restarts"}, {"cosine-warm-restarts"}, {"cosine-annealing-warm-restarts"}, {"cyclic"}}},
          [](const Parameters& p) {
            return Schedule(CosineRestarts{p.number("period"), p.number("growth"), p.number("floor")});
          }};
}

}  // namespace steq::optimizers
