// SPDX-License-Identifier: MIT
#include "sim/estimators/estimator.hpp"

// One line for each estimator: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_ESTIMATORS(entry) \
  entry(ste)                   \
  entry(dsq)                   \
  entry(triangular)            \
  entry(piecewise_linear)      \
  entry(cosine)                \
  entry(power)                 \
  entry(approx_sign)           \
  entry(sigmoid_sum)           \
  entry(swish_sign)            \
  entry(reste)                 \
  entry(magnitude_aware)       \
  entry(stochastic_ste)        \
  entry(ewgs)                  \
  entry(ttq_scaled)            \
  entry(through_scaling)       \
  entry(exact)                 \
  entry(formula)
// clang-format on

namespace steq {
namespace estimators {
#define STEQ_DECLARE(name) EstimatorRegistry::Entry name();
STEQ_ESTIMATORS(STEQ_DECLARE)
}  // namespace estimators

const EstimatorRegistry& estimator_registry() {
#define STEQ_ENTRY(name) estimators::name(),
  static const EstimatorRegistry registry("estimator", {STEQ_ESTIMATORS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
