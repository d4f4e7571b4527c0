// SPDX-License-Identifier: MIT
// What a file that is not the expected one is instead.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace steq {

/// Enough for recognized().
inline constexpr std::size_t kRecognizable = 16;

/// What a file that begins with these bytes is, and what to do, as "is an HTML page (...)"; empty where nothing is
/// known of it.
std::string recognized(std::span<const std::uint8_t> beginning);

}  // namespace steq
