// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "sim/quantizers/quantizer.hpp"
#include "theory/assumptions/assumption.hpp"

namespace steq {

/// That `fixed-grid` fails, and what that means, of a quantizer that moves; `name` is the quantizer's.
Finding moving_grid(const Quantizer& quantizer, const std::string& name);

}  // namespace steq
