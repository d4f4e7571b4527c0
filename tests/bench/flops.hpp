// SPDX-License-Identifier: MIT
#pragma once

#include "sim/nn/spec.hpp"

namespace steq::bench {

/// Multiply-adds, counted twice, of one training step on one image: for every convolution and dense layer the output,
/// the gradient of the weights and, but for a layer that looks at the image itself, that of the input. All else that a
/// step does is not counted. Products with padding count, as is usual. InputError where the model cannot be built.
double training_flops(const ModelSpec& model);

}  // namespace steq::bench
