// SPDX-License-Identifier: MIT
#pragma once

#include "sim/nn/kernels/kernels.hpp"

namespace steq {

/// Convolution of 3 x 3 pixels by Winograd's method, with a quarter of the multiplications where tiles are full. Null
/// where it does not apply or not pay: other strides and paddings, channels that are no multiples of 16, more than 2^16
/// pairs of them, or a build without AVX-512.
std::unique_ptr<ConvKernel<float>> make_winograd_conv(const ConvGeometry& geometry);

}  // namespace steq
