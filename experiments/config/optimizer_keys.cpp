// SPDX-License-Identifier: MIT
#include <algorithm>

#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"

namespace steq {
namespace {

/// Parameters may be allowed one by one and not together, which the optimizer itself knows.
void check_decay(const ConfigNode& node, OptimizerConfig& optimizer) {
  const auto here = [&](const Problem& problem) { return problem.place.starts_with(node.path); };
  if (std::ranges::none_of(*node.problems, here))
    collect(*node.problems, [&] { optimizer_registry().make(optimizer.rule, node.path); });
}

}  // namespace

const KeyTable<OptimizerConfig>& optimizer_keys() {
  using O = OptimizerConfig;
  static const KeyTable<O> table{.keys = {value_key({.name = "learning_rate",
                                                     .meaning = "learning rate, at the peak of the schedule",
                                                     .min = 0,
                                                     .aliases = {{"lr"}, {"eta"}, {"step_size"}}},
                                                    &O::learning_rate),
                                          plugin_key<O>({.name = "schedule",
                                                         .meaning = "share of the learning rate that each update has",
                                                         .fallback = "constant",
                                                         .aliases = {{"lr_scheduler"}, {"scheduler"}, {"lr_schedule"}}},
                                                        catalogue(schedule_registry()), &O::schedule)},
                                 .name_key = "type",
                                 .plugins = catalogue(optimizer_registry()),
                                 .plugin = &O::rule,
                                 .check = check_decay};
  return table;
}

}  // namespace steq
