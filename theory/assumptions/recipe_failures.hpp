// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "sim/quantizers/quantizer.hpp"
#include "sim/storages/storage.hpp"
#include "theory/assumptions/assumption.hpp"

namespace steq {

/// What a learner has besides its estimator and optimizer; names for messages.
struct QuantizedRecipe {
  const Quantizer& quantizer;
  std::string quantizer_name;
  const Storage& storage;
  std::string storage_name;
};

/// The assumptions without which the theorems do not speak of a recipe at all, where they fail: `fixed-grid`,
/// `even-grid`, `hard-forward` and `latent-weights`. Empty where all hold.
std::vector<Finding> recipe_failures(const QuantizedRecipe& recipe);

}  // namespace steq
