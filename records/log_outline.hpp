// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "records/hdf5_handle.hpp"

namespace steq {

/// Tensors by learner: /LEARNER/TENSOR are the groups that hold initial levels or change points. Groups without such
/// tensors are none of ours. Adds to `remarks` what cannot be opened. Throws InputError naming `path` where a tensor
/// stands elsewhere.
std::map<std::string, std::vector<std::string>> log_outline(const Hdf5Handle& file, const std::string& path,
                                                            std::vector<std::string>& remarks);

}  // namespace steq
