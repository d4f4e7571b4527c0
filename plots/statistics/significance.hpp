// SPDX-License-Identifier: MIT
#pragma once

namespace steq {

/// The level of every test and, from 1, of every interval.
inline constexpr double kSignificance = 0.05;

}  // namespace steq
