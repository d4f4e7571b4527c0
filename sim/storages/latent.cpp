// SPDX-License-Identifier: MIT
// All of the weight.
#include "sim/storages/storage.hpp"

namespace steq::storages {
namespace {

struct Latent {};

}  // namespace

StorageRegistry::Entry latent() {
  return storage_entry({.name = "latent",
                        .summary = "All of the weight, in the precision of the run.",
                        .formula = "",
                        .citation = "",
                        .parameters = {},
                        .aliases = {{"shadow"}, {"master"}, {"float"}}},
                       [](const Parameters&) { return Latent{}; });
}

}  // namespace steq::storages
