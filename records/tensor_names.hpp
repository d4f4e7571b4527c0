// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// The name without what PyTorch's wrappers put into it: "module." at its beginning (DataParallel), "_orig_mod." before
/// any part of it (compile).
std::string unwrapped_name(const std::string& tensor);

}  // namespace steq
