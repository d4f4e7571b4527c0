// SPDX-License-Identifier: MIT
// What commands that turn one weights file into another have in common.
#pragma once

#include <string>
#include <vector>

#include "records/safetensors.hpp"
#include "sim/core/types.hpp"

namespace steq {

/// Throws InputError naming the option where a directory stands at `out`, a file that is not to be replaced, or where
/// there is no directory for it.
void require_free(const std::string& out, bool force, const std::string& option = "--out");

/// The tensors of those names, or of these names in a wrapper of PyTorch; where there are no names those of at least 2
/// dimensions that end in .weight and hold numbers. Appends what to tell the user. Throws InputError where a name is not
/// there, or no tensor is left; `path` is that of the file.
std::vector<StoredTensor*> chosen_tensors(TensorFile& file, const std::string& path,
                                          const std::vector<std::string>& names, std::vector<std::string>& notes);

/// The tensor's numbers must be F32 or F64. Throws InputError naming `place` and the first element that is NaN, infinite
/// or below `least`.
void require_finite(const StoredTensor& tensor, const std::string& place, double least = -kInfinity);

}  // namespace steq
