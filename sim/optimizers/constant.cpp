// SPDX-License-Identifier: MIT
#include "sim/optimizers/schedule.hpp"

namespace steq::optimizers {

ScheduleRegistry::Entry constant() {
  return {{.name = "constant",
           .summary = "The same learning rate throughout.",
           .formula = "lr(c) = lr",
           .citation = "",
           .parameters = {},
           .aliases = {{"none"}, {"fixed"}, {"off"}}},
          [](const Parameters&) { return Schedule([](std::uint64_t, std::uint64_t) { return 1.0; }); }};
}

}  // namespace steq::optimizers
