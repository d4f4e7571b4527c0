// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace steq {

/// A layer of this fan-in has the range sqrt(6 / fan_in) = 1, where its quantizer gives it no other.
inline constexpr std::size_t kFanInOfRangeOne = 6;

}  // namespace steq
