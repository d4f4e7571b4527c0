// SPDX-License-Identifier: MIT
#pragma once

#include "sim/codings/coding.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {

/// Quantizes finished weights as training would begin with them: fitted grid parameters are fitted, learned ones have
/// their start, and values are those of the levels. Throws InputError naming `place` where the quantizer has no levels or
/// bad parameters.
std::unique_ptr<Coding> quantizer_coding(const Spec& quantizer, const std::string& place);

}  // namespace steq
