// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"
#include "sim/optimizers/optimizer.hpp"

namespace steq {

/// Why the theorems say nothing about training with this optimizer and this estimator, in words; empty where they do.
std::vector<std::string> bounds_obstacles(const Optimizer& optimizer, const Estimator& estimator);

}  // namespace steq
