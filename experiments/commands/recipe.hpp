// SPDX-License-Identifier: MIT
// An estimator on a grid with an optimizer, read from the SPECs of the command line.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"
#include "sim/optimizers/optimizer.hpp"

namespace steq {

struct Recipe {
  std::unique_ptr<Quantizer> quantizer;
  std::unique_ptr<Estimator> estimator;
  std::unique_ptr<Optimizer> optimizer;
};

/// The quantizer's range is 1 unless given. What is wrong is appended to `problems`, with --estimator, --quantizer or
/// --optimizer as its place; then the recipe is not to be used.
Recipe read_recipe(const std::string& estimator, const std::string& quantizer, const std::string& optimizer,
                   std::vector<Problem>& problems);

}  // namespace steq
