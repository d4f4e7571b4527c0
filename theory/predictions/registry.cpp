// SPDX-License-Identifier: MIT
#include "theory/predictions/prediction.hpp"

// One line for each prediction: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_PREDICTIONS(entry) \
  entry(directed_motion)        \
  entry(noise_drift)            \
  entry(stationary_density)     \
  entry(coupled_decay)          \
  entry(decoupled_decay)        \
  entry(norm_clipping)          \
  entry(sign_dependence)        \
  entry(factor_noise)
// clang-format on

namespace steq {
namespace predictions {
#define STEQ_DECLARE(name) PredictionRegistry::Entry name();
STEQ_PREDICTIONS(STEQ_DECLARE)
}  // namespace predictions

const PredictionRegistry& prediction_registry() {
#define STEQ_ENTRY(name) predictions::name(),
  static const PredictionRegistry registry("prediction", {STEQ_PREDICTIONS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
