// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"

namespace steq {

/// Why little can be learned from this estimator on this grid, a sentence each: its q varies by less than 1 %, or its
/// alpha is below 0.01. Nothing of the STE itself.
std::vector<std::string> estimator_warnings(const Estimator& estimator);

}  // namespace steq
