// SPDX-License-Identifier: MIT
// Numbers as figures and sentences write them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace steq {

/// For data files: nine digits; empty for NaN, which leaves a gap.
std::string cell(double number);

/// For sentences: "0.094 %", three digits.
std::string percent(double share);

/// Rounded to that many digits, never with an exponent where it is 1e-4 or more: 0.094, 2.1, 240.
std::string with_digits(double value, int digits);

/// A weight as PyTorch would index it, "conv1.weight[3,0,1,2]"; with the flat index where the shape is unknown (empty).
std::string weight_name(const std::string& tensor, std::size_t index, const std::vector<std::size_t>& shape);

/// Places 0 .. count - 1, thinned by a fixed rule where they are more than `limit`: every n-th with the smallest n
/// that is enough, and the last.
std::vector<std::size_t> thinned(std::size_t count, std::size_t limit);

}  // namespace steq
