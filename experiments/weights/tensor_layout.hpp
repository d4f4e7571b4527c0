// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "records/safetensors.hpp"

namespace steq {

/// Throws InputError naming `place` where the tensor of the file seems not to be [out, in, ...]: its name is that of a
/// kernel of Flax or Keras, its bias has as many values as another dimension than the first, or the first two
/// dimensions alone could be those of a filter.
void check_layout(const StoredTensor& tensor, const TensorFile& file, const std::string& place);

}  // namespace steq
