// SPDX-License-Identifier: MIT
// What schedules with a warm-up or a floor share.
#pragma once

#include "sim/optimizers/schedule.hpp"

namespace steq {

/// The declaration of `floor`, the share of the peak that is left at the end of a fall.
ParameterInfo floor_parameter();

/// A share of the way from the floor to the peak, as a share of the peak.
double above_floor(double floor, double share);

/// The share of the peak's height that is left when `past` updates of a fall over `whole` updates are done.
using Fall = double (*)(double past, double whole);

/// The entry of a schedule that rises in a line during the share `warmup` of all updates, whatever the floor is, and
/// falls to the floor during the rest. Adds both parameters to `info`.
ScheduleRegistry::Entry warmup_entry(PluginInfo info, Fall fall);

}  // namespace steq
