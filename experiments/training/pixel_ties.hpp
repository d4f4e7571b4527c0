// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "sim/data/dataset.hpp"
#include "sim/nn/spec.hpp"

namespace steq {

/// The warning where a quantized layer is the first to see pixels that are not normalized. Pixels are whole numbers
/// over 255 and levels are multiples of one number, so that some of its outputs are exactly 0 but for rounding, which
/// then decides on which side of a relu they fall.
std::optional<std::string> pixel_ties(const ModelSpec& model, const Dataset& data);

}  // namespace steq
