// SPDX-License-Identifier: MIT
#pragma once

#include "sim/data/strokes.hpp"

namespace steq {

/// The smoothed strokes of the digits 0 to 9, each in a box about 0.7 wide and 0.9 high around (0, 0).
const std::vector<std::vector<Stroke>>& digit_shapes();

}  // namespace steq
