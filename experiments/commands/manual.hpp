// SPDX-License-Identifier: MIT
// The commands and their options, as they are declared, for man and for shells.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace steq {

/// A page in the language of man(7).
std::string man_page(const CLI::App& app, const std::string& version);

/// A script for bash, which zsh understands after `autoload -U bashcompinit && bashcompinit`: commands, their options,
/// and names of files.
std::string completion_script(const CLI::App& app);

}  // namespace steq
