// SPDX-License-Identifier: MIT
// Blocks of weights as Eigen arrays.
#pragma once

#include <Eigen/Core>
#include <span>

#include "sim/core/types.hpp"

namespace steq {

/// A block of values, at most kBlock of them, on the stack.
template <class T>
using BlockArray = Eigen::Array<T, Eigen::Dynamic, 1, 0, static_cast<int>(kBlock), 1>;

/// The size of a block of so many weights with its padding.
constexpr Eigen::Index padded_size(std::size_t weights) {
  constexpr Eigen::Index kWidest = 16;
  return (static_cast<Eigen::Index>(weights) + kWidest - 1) / kWidest * kWidest;
}

/// w followed by zeros. Padding sends all weights through the same vector instructions: a function of w has the same
/// bits wherever w stands in its block.
template <class T>
BlockArray<T> padded(std::span<const T> w) {
  const auto size = static_cast<Eigen::Index>(w.size());
  BlockArray<T> padded(padded_size(w.size()));
  padded.tail(padded.size() - size).setZero();
  padded.head(size) = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>(w.data(), size);
  return padded;
}

}  // namespace steq
