// SPDX-License-Identifier: MIT
#pragma once

namespace steq {

/// Every test is made at this level; every interval holds with the probability 1 - kSignificance.
inline constexpr double kSignificance = 0.05;

}  // namespace steq
