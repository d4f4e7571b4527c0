// SPDX-License-Identifier: MIT
#pragma once

#include "sim/core/notation.hpp"

namespace steq {

/// Writes down what the gate `auto` of an estimator is with that quantizer.
void choose_gate(Spec& estimator, const Spec& quantizer);

}  // namespace steq
