// SPDX-License-Identifier: MIT
#include "sim/storages/storage.hpp"

// One line for each storage: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_STORAGES(entry) \
  entry(latent)              \
  entry(clip)                \
  entry(frozen)              \
  entry(fixed_point)
// clang-format on

namespace steq {
namespace storages {
#define STEQ_DECLARE(name) StorageRegistry::Entry name();
STEQ_STORAGES(STEQ_DECLARE)
}  // namespace storages

const StorageRegistry& storage_registry() {
#define STEQ_ENTRY(name) storages::name(),
  static const StorageRegistry registry("storage", {STEQ_STORAGES(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
