// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace steq {

/// Bits of one number of a safetensors dtype, as "BF16"; nothing for a type that this version does not know.
std::optional<std::size_t> dtype_bits(const std::string& dtype);

}  // namespace steq
