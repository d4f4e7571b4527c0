// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "records/safetensors.hpp"
#include "records/safetensors_header.hpp"

namespace steq {

/// The tensor of an entry whose bytes are these.
StoredTensor to_tensor(const TensorEntry& entry, std::string_view bytes);

}  // namespace steq
