// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "sim/optimizers/schedule.hpp"

namespace steq::optimizers {
namespace {

/// c / n in place of c >= at n: both sides are then the doubles next to the same fraction, and 0.07 of 100 is 7.
double steps_share(const Numbers& at, double factor, std::uint64_t update, std::uint64_t updates) {
  const double done = static_cast<double>(update) / static_cast<double>(updates);
  return std::pow(factor, std::count_if(at.begin(), at.end(), [&](double share) { return done >= share; }));
}

}  // namespace

ScheduleRegistry::Entry steps() {
  return {{.name = "steps",
           .summary = "The rate is multiplied by a factor at given moments, and constant between them.",
           .formula = "lr(c) = lr factor^k, k = number of `at` with c >= at n",
           .citation = "He et al., arXiv:1512.03385, section 4.2",
           .parameters = {{.name = "at",
                           .kind = Kind::numbers,
                           .meaning = "the moments, in shares of all updates",
                           .min = 0,
                           .max = 1,
                           .min_excluded = true,
                           .max_excluded = true,
                           .example = Value(Numbers{0.5, 0.75}),
                           .aliases = {{"milestones", "\"at\", in shares of all updates"},
                                       {"step_size", "\"at\", in shares of all updates"},
                                       {"boundaries", "\"at\", in shares of all updates"}},
                           .refusal = not_rising},
                          {.name = "factor",
                           .fallback = Value(0.1),
                           .meaning = "what the rate is multiplied by at each of them",
                           .min = 0,
                           .max = 1,
                           .min_excluded = true,
                           .aliases = {{"gamma"}, {"decay_rate"}}}},
           .aliases = {{"step"},
                       {"step-lr"},
                       {"step-decay"},
                       {"multistep"},
                       {"multistep-lr"},
                       {"piecewise-constant"},
                       {"exponential", "\"steps\" with many `at` and a factor near 1"},
                       {"exponential-lr", "\"steps\" with many `at` and a factor near 1"}}},
          [](const Parameters& p) {
            return Schedule([at = p.numbers("at"), factor = p.number("factor")](std::uint64_t c, std::uint64_t n) {
              return steps_share(at, factor, c, n);
            });
          }};
}

}  // namespace steq::optimizers
