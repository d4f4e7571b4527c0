// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace steq {

/// What a file is that is no safetensors file, by its first bytes, and what to do with it: "is a PyTorch checkpoint
/// ...; allowed: ..."; empty where that is not known.
std::string foreign_weights(std::string_view start);

}  // namespace steq
