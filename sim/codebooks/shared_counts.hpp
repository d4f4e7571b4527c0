// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace steq {

/// How many levels each tensor gets of `each` a tensor: half of them stay, the others go in proportion to the norms of the
/// tensors' gradients, rounded; what is then too many is taken from those with the most, what is missing goes to those
/// with the fewest. `norms` [tensors] are not negative; where all are 0, or one is not finite, nobody gains. The sum is each * tensors.
/// Polino, Pascanu, Alistarh, arXiv:1802.05668, section 4.
std::vector<std::size_t> shared_counts(std::size_t each, std::span<const double> norms);

}  // namespace steq
