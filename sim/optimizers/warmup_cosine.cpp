// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/optimizers/schedule.hpp"

namespace steq::optimizers {
namespace {

double warmup_cosine_share(double warmup, std::uint64_t update, std::uint64_t updates) {
  const double c = static_cast<double>(update), n = static_cast<double>(updates), rise = warmup * n, fall = n - rise;
  if (c < rise) return c / rise;
  return (1 + std::cos(std::numbers::pi * std::min(c - rise, fall) / fall)) / 2;
}

}  // namespace

ScheduleRegistry::Entry warmup_cosine() {
  return {{.name = "warmup-cosine",
           .summary = "Linear from 0 to the peak, then half a cosine down to 0. The first update has rate 0.",
           .formula = "W = warmup n; c < W: lr c / W; else lr (1 + cos(pi min(c - W, n - W) / (n - W))) / 2",
           .citation = "Loshchilov, Hutter, arXiv:1608.03983, with the warm-up of Goyal et al., arXiv:1706.02677",
           .parameters = {{.name = "warmup",
                           .fallback = Value(0.02),
                           .meaning = "share of all updates that the rise takes",
                           .min = 0,
                           .max = 1,
                           .max_excluded = true}}},
          [](const Parameters& p) {
            return Schedule([warmup = p.number("warmup")](std::uint64_t c, std::uint64_t n) {
              return warmup_cosine_share(warmup, c, n);
            });
          }};
}

}  // namespace steq::optimizers
