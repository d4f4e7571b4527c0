// SPDX-License-Identifier: MIT
// The weight with which training began.
#include "sim/storages/storage.hpp"

namespace steq::storages {
namespace {

struct Frozen {
  static constexpr bool kTrains = false;
};

}  // namespace

StorageRegistry::Entry frozen() {
  return storage_entry({.name = "frozen",
                        .summary = "The weight with which training began: no update, no decay, no share in the norm of "
                                   "clip_norm. Learned grid parameters go on learning.",
                        .formula = "",
                        .citation = "",
                        .parameters = {},
                        .aliases = {{"fixed"}, {"freeze"}}},
                       [](const Parameters&) { return Frozen{}; });
}

}  // namespace steq::storages
