// SPDX-License-Identifier: MIT
#include "sim/optimizers/warmup.hpp"

#include <algorithm>

namespace steq {
namespace {

struct WarmupSchedule {
  double warmup, floor;
  Fall fall;

  double operator()(std::uint64_t update, std::uint64_t updates) const {
    const double c = static_cast<double>(update), n = static_cast<double>(updates), rise = warmup * n, rest = n - rise;
    return c < rise ? c / rise : above_floor(floor, fall(std::min(c - rise, rest), rest));
  }
};

ParameterInfo warmup_parameter() {
  return {.name = "warmup",
          .fallback = Value(0.02),
          .meaning = "share of all updates that the rise takes",
          .min = 0,
          .max = 1,
          .max_excluded = true,
          .aliases = {{"warmup_steps", "\"warmup\", a share of all updates"},
                      {"warmup_epochs", "\"warmup\", a share of all updates"},
                      {"warmup_ratio"},
                      {"pct_start"}}};
}

}  // namespace

ParameterInfo floor_parameter() {
  return {
      .name = "floor",
      .fallback = Value(0.0),
      .meaning = "share of the peak to which the rate falls",
      .min = 0,
      .max = 1,
      .aliases = {
          {"eta_min", "\"floor\", a share of the peak"}, {"min_lr", "\"floor\", a share of the peak"}, {"end_factor"}}};
}

double above_floor(double floor, double share) { return floor + (1 - floor) * share; }

ScheduleRegistry::Entry warmup_entry(PluginInfo info, Fall fall) {
  info.parameters = {warmup_parameter(), floor_parameter()};
  return {std::move(info), [fall](const Parameters& p) {
            return Schedule(WarmupSchedule{p.number("warmup"), p.number("floor"), fall});
          }};
}

}  // namespace steq
