// SPDX-License-Identifier: MIT
// A schedule gives every update its share of the peak learning rate.
#pragma once

#include <cstdint>
#include <functional>

#include "sim/core/plugin.hpp"

namespace steq {

/// Share of the peak rate, in [0, 1], of update c = 0, 1, ..., n - 1.
using Schedule = std::function<double(std::uint64_t c, std::uint64_t n)>;

using ScheduleRegistry = Registry<Schedule(const Parameters&)>;
const ScheduleRegistry& schedule_registry();

}  // namespace steq
