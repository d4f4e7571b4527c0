// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "experiments/config/config.hpp"
#include "sim/metrics/trace.hpp"

namespace steq {

/// M in the precision of the run where role_of() the two learners is mapped, else the identity.
WeightMap weight_map(const ExperimentConfig& config, const std::string& a, const std::string& b);

}  // namespace steq
