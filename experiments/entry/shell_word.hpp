// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// The word as a shell takes it, quoted where that is needed.
std::string shell_word(const std::string& word);

}  // namespace steq
