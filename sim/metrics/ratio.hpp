// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

namespace steq {

/// part / whole, or nothing (undefined) where the whole is 0.
template <class T>
std::optional<double> ratio(T part, T whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace steq
