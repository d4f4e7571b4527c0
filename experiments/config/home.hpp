// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// The path with a `~` that begins it replaced by $HOME, as shells do where it begins a word; as it is where there is
/// no such variable, or where a user's name follows.
std::string with_home(const std::string& path);

}  // namespace steq
