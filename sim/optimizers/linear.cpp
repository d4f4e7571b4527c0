// SPDX-License-Identifier: MIT
#include "sim/optimizers/warmup.hpp"

namespace steq::optimizers {

ScheduleRegistry::Entry linear() {
  return warmup_entry(
      {.name = "linear",
       .summary = "Linear from 0 to the peak, then linear down to the floor. The first update of a rise has rate 0.",
       .formula = "W = warmup n; c < W: lr c / W; else lr (floor + (1 - floor) (n - c) / (n - W))",
       .citation = "Devlin et al., arXiv:1810.04805, appendix A.2",
       .parameters = {},
       .aliases = {{"linear-lr"}, {"linear-decay"}, {"polynomial"}, {"poly"}}},
      [](double past, double whole) { return (whole - past) / whole; });
}

}  // namespace steq::optimizers
