// SPDX-License-Identifier: MIT
#pragma once

namespace steq {

/// x cut to [low, high]. This order of comparisons makes `low` of a NaN.
template <class T>
T within(T x, T low, T high) {
  const T above = x > low ? x : low;
  return above < high ? above : high;
}

}  // namespace steq
