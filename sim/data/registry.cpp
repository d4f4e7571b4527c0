// SPDX-License-Identifier: MIT
#include "sim/data/dataset.hpp"

// One line for each dataset: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_DATASETS(entry) \
  entry(mnist)               \
  entry(fashion_mnist)       \
  entry(idx)                 \
  entry(cifar10)             \
  entry(cifar100)            \
  entry(synthetic_digits)    \
  entry(planes)
// clang-format on

namespace steq {
namespace datasets {
#define STEQ_DECLARE(name) DatasetRegistry::Entry name();
STEQ_DATASETS(STEQ_DECLARE)
}  // namespace datasets

const DatasetRegistry& dataset_registry() {
#define STEQ_ENTRY(name) datasets::name(),
  static const DatasetRegistry registry("dataset", {STEQ_DATASETS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
