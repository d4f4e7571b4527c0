// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "experiments/diff/divergence.hpp"

namespace steq {

/// Where two learners diverge first, and what becomes of that weight and of all others.
std::string divergence_text(const Divergence& divergence);

}  // namespace steq
