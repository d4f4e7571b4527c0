// SPDX-License-Identifier: MIT
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"

// One line for each: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_OPTIMIZERS(entry) \
  entry(sgd)                   \
  entry(adam)                  \
  entry(rmsprop)               \
  entry(signsgd)

#define STEQ_SCHEDULES(entry) \
  entry(constant)             \
  entry(warmup_cosine)        \
  entry(steps)                \
  entry(linear)               \
  entry(cosine_restarts)
// clang-format on

namespace steq {
namespace optimizers {
#define STEQ_DECLARE_OPTIMIZER(name) OptimizerRegistry::Entry name();
STEQ_OPTIMIZERS(STEQ_DECLARE_OPTIMIZER)
#define STEQ_DECLARE_SCHEDULE(name) ScheduleRegistry::Entry name();
STEQ_SCHEDULES(STEQ_DECLARE_SCHEDULE)
}  // namespace optimizers

#define STEQ_ENTRY(name) optimizers::name(),

const OptimizerRegistry& optimizer_registry() {
  static const OptimizerRegistry registry("optimizer", {STEQ_OPTIMIZERS(STEQ_ENTRY)});
  return registry;
}

const ScheduleRegistry& schedule_registry() {
  static const ScheduleRegistry registry("schedule", {STEQ_SCHEDULES(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE_OPTIMIZER
#undef STEQ_DECLARE_SCHEDULE
#undef STEQ_ENTRY
