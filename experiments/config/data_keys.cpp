// SPDX-License-Identifier: MIT
#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"
#include "sim/data/augmentation.hpp"
#include "sim/data/dataset.hpp"

namespace steq {
namespace {

Key<DataConfig> augment_key() {
  return plugin_key<DataConfig>(
      {.name = "augment", .meaning = "what is done to training images, anew in every epoch", .fallback = "none"},
      catalogue(augmentation_registry()), &DataConfig::augmentation);
}

}  // namespace

const KeyTable<DataConfig>& data_keys() {
  static const KeyTable<DataConfig> table{.keys = {augment_key(), normalize_key()},
                                          .name_key = "dataset",
                                          .plugins = catalogue(dataset_registry()),
                                          .plugin = &DataConfig::dataset};
  return table;
}

}  // namespace steq
