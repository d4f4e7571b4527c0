// SPDX-License-Identifier: MIT
#include "sim/scalars/gradient_source.hpp"

// One line for each source: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_GRADIENT_SOURCES(entry) \
  entry(constant)           \
  entry(coin)               \
  entry(normal)
// clang-format on

namespace steq {
namespace scalars {
#define STEQ_DECLARE(name) GradientSourceRegistry::Entry name();
STEQ_GRADIENT_SOURCES(STEQ_DECLARE)
}  // namespace scalars

const GradientSourceRegistry& gradient_source_registry() {
#define STEQ_ENTRY(name) scalars::name(),
  static const GradientSourceRegistry registry("gradient", {STEQ_GRADIENT_SOURCES(STEQ_ENTRY)});
  return registry;
}

ParameterInfo gradient_mean_parameter(double fallback) {
  return {.name = "mean", .fallback = Value(fallback), .meaning = "mean gradient", .words = {}};
}

ParameterInfo gradient_deviation_parameter() {
  return {.name = "deviation",
          .fallback = Value(1.0),
          .meaning = "standard deviation of the gradient",
          .min = 0,
          .words = {}};
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
