// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace steq {

/// Between the name of a tensor or layer and that of its grid parameter, in weights files: "conv1.weight.grid.alpha".
inline constexpr std::string_view kGridMark = ".grid.";

/// The name without what PyTorch's wrappers put into it: "module." at its beginning (DataParallel), "_orig_mod." before
/// any part of it (compile).
std::string unwrapped_name(const std::string& tensor);

}  // namespace steq
