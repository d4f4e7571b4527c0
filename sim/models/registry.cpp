// SPDX-License-Identifier: MIT
#include "sim/models/model.hpp"

// One line for each model: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_MODELS(entry) \
  entry(mnist_convnet)     \
  entry(lenet5)            \
  entry(mlp)               \
  entry(resnet20)          \
  entry(resnet18)          \
  entry(resnet50)
// clang-format on

namespace steq {
namespace models {
#define STEQ_DECLARE(name) ModelRegistry::Entry name();
STEQ_MODELS(STEQ_DECLARE)
}  // namespace models

const ModelRegistry& model_registry() {
#define STEQ_ENTRY(name) models::name(),
  static const ModelRegistry registry("model", {STEQ_MODELS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
