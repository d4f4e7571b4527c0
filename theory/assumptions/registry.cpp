// SPDX-License-Identifier: MIT
#include "theory/assumptions/assumption.hpp"

// One line for each assumption: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_ASSUMPTIONS(entry) \
  entry(positivity)             \
  entry(upper_bound)            \
  entry(lipschitz)              \
  entry(equal_harmonic_means)   \
  entry(function_of_the_weight) \
  entry(bounded_gradients)      \
  entry(step_size)              \
  entry(saturation)             \
  entry(weight_decay)           \
  entry(coordinate_wise)        \
  entry(per_element_clipping)   \
  entry(moment_memory)          \
  entry(epsilon)
// clang-format on

namespace steq {
namespace assumptions {
#define STEQ_DECLARE(name) AssumptionRegistry::Entry name();
STEQ_ASSUMPTIONS(STEQ_DECLARE)
}  // namespace assumptions

const AssumptionRegistry& assumption_registry() {
#define STEQ_ENTRY(name) assumptions::name(),
  static const AssumptionRegistry registry("assumption", {STEQ_ASSUMPTIONS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
