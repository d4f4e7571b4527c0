// SPDX-License-Identifier: MIT
// Why the theorems say nothing about training with this optimizer or this estimator, in words; empty where they do.
#pragma once

#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"
#include "sim/optimizers/optimizer.hpp"

namespace steq {

std::vector<std::string> bounds_obstacles(const Optimizer& optimizer);
std::vector<std::string> bounds_obstacles(const Estimator& estimator);

}  // namespace steq
