// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>

namespace steq {

/// DoReFa's quantized gradient: g on 2^bits even levels in [-largest, largest], where `noise` in (-1/2, 1/2), in units of
/// a level's distance, moves it before the rounding (half to even). With uniform noise its mean is g where no level is cut
/// off. `largest` > 0 is max |g| of the sample. Zhou et al., arXiv:1606.06160, section 2.5.
inline double dorefa_gradient(double g, double largest, int bits, double noise) {
  const double steps = std::exp2(bits) - 1;
  const double share = std::clamp(g / (2 * largest) + 0.5 + noise / steps, 0.0, 1.0);
  return 2 * largest * (std::nearbyint(share * steps) / steps - 0.5);
}

}  // namespace steq
