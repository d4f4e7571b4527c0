// SPDX-License-Identifier: MIT
#pragma once

namespace steq::bench {

/// Measured fused multiply-adds of this machine in floating-point operations a second, single precision, on `threads`
/// threads at once: independent accumulators in registers, in the widest vectors that the build may use.
double fma_peak(int threads);

}  // namespace steq::bench
