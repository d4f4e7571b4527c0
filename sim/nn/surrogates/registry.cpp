// SPDX-License-Identifier: MIT
#include "sim/nn/surrogate.hpp"

// One line for each surrogate: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_SURROGATES(entry) \
  entry(identity)              \
  entry(saturated)             \
  entry(relu)                  \
  entry(clipped_relu)          \
  entry(reverse_exponential)   \
  entry(log_tailed)            \
  entry(exact)
// clang-format on

namespace steq {
namespace surrogates {
#define STEQ_DECLARE(name) SurrogateRegistry::Entry name();
STEQ_SURROGATES(STEQ_DECLARE)
}  // namespace surrogates

const SurrogateRegistry& surrogate_registry() {
#define STEQ_ENTRY(name) surrogates::name(),
  static const SurrogateRegistry registry("surrogate", {STEQ_SURROGATES(STEQ_ENTRY)});
  return registry;
}

std::string usual_surrogate(const Grid& grid) {
  if (grid.slope) return "exact";
  return grid.rounds_up() ? "clipped-relu" : "saturated";
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
