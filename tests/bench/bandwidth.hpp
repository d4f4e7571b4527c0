// SPDX-License-Identifier: MIT
#pragma once

namespace steq::bench {

/// Measured bytes a second of a[i] = b[i] + s c[i] over three arrays of 64 MiB, too large for caches, on `threads`
/// threads at once: two reads and one write of each element are counted, as in the STREAM benchmark (McCalpin, 1995).
double triad_bandwidth(int threads);

}  // namespace steq::bench
