// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "sim/data/dataset.hpp"
#include "sim/nn/spec.hpp"

namespace steq {

/// The warning where a quantized layer is the first to see pixels, and some of its outputs are exactly 0 but for
/// rounding, which then decides on which side of a relu they fall. Levels are whole multiples of one number. So are
/// pixels / 255; normalized ones are not, but beside the padding a background of one value still meets an even number
/// of levels, whose sum may be 0.
std::optional<std::string> pixel_ties(const ModelSpec& model, const Dataset& data);

}  // namespace steq
