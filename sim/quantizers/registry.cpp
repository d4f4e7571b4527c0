// SPDX-License-Identifier: MIT
#include "sim/quantizers/quantizer.hpp"

// One line for each quantizer: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_QUANTIZERS(entry) \
  entry(none)                  \
  entry(uniform)               \
  entry(sign)                  \
  entry(integer)               \
  entry(lsq)                   \
  entry(absmean_ternary)       \
  entry(twn)                   \
  entry(xnor)                  \
  entry(ttq)                   \
  entry(soft_staircase)        \
  entry(fixed_point)           \
  entry(bucketed)              \
  entry(points)                \
  entry(kmeans)                \
  entry(lq_nets)               \
  entry(admm)                  \
  entry(dorefa)                \
  entry(random_binary)         \
  entry(random_ternary)        \
  entry(relaxed)               \
  entry(ceil)
// clang-format on

namespace steq {
namespace quantizers {
#define STEQ_DECLARE(name) QuantizerRegistry::Entry name();
STEQ_QUANTIZERS(STEQ_DECLARE)
}  // namespace quantizers

const QuantizerRegistry& quantizer_registry() {
#define STEQ_ENTRY(name) quantizers::name(),
  static const QuantizerRegistry registry("quantizer", {STEQ_QUANTIZERS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
