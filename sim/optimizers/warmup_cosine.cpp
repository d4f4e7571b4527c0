// SPDX-License-Identifier: MIT
#include <cmath>
#include <numbers>

#include "sim/optimizers/warmup.hpp"

namespace steq::optimizers {

ScheduleRegistry::Entry warmup_cosine() {
  return warmup_entry(
      {.name = "warmup-cosine",
       .summary = "Linear from 0 to the peak, then half a cosine down to the floor. The first update of a rise has "
                  "rate 0.",
       .formula = "W = warmup n; c < W: lr c / W; else lr (floor + (1 - floor) (1 + cos(pi min(c - W, n - W) / "
                  "(n - W))) / 2)",
       .citation = "Loshchilov, Hutter, arXiv:1608.03983, with the warm-up of Goyal et al., arXiv:1706.02677",
       .parameters = {},
       .aliases = {{"cosine", "\"warmup-cosine\" (warmup=0: without the rise)"},
                   {"cosine-lr", "\"warmup-cosine\" (warmup=0: without the rise)"},
                   {"cosine-decay", "\"warmup-cosine\" (warmup=0: without the rise)"},
                   {"cosine-annealing", "\"warmup-cosine\" (warmup=0: without the rise)"},
                   {"cosine-annealing-lr", "\"warmup-cosine\" (warmup=0: without the rise)"},
                   {"cosine-warmup"},
                   {"onecycle"},
                   {"onecycle-lr"}}},
      [](double past, double whole) { return (1 + std::cos(std::numbers::pi * past / whole)) / 2; });
}

}  // namespace steq::optimizers
