// SPDX-License-Identifier: MIT
#include "sim/nn/layer_registry.hpp"

// One line for each layer: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_LAYERS(entry)  \
  entry(conv2d)             \
  entry(dense)              \
  entry(relu)               \
  entry(avg_pool2d)         \
  entry(max_pool2d)         \
  entry(global_avg_pool2d)  \
  entry(batch_norm2d)       \
  entry(flatten)            \
  entry(quantize)           \
  entry(residual)
// clang-format on

namespace steq {
namespace layers {
#define STEQ_DECLARE(name) LayerRegistry::Entry name();
STEQ_LAYERS(STEQ_DECLARE)
}  // namespace layers

const LayerRegistry& layer_registry() {
#define STEQ_ENTRY(name) layers::name(),
  static const LayerRegistry registry("layer", {STEQ_LAYERS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
