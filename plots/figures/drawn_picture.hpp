// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace steq {

/// What gnuplot draws by a script that makes NAME.svg, as the text of that SVG; nothing where gnuplot is not installed.
/// No file is left. Throws IoError where gnuplot fails or its files cannot be written.
std::optional<std::string> drawn_picture(const std::string& name, const std::string& script);

}  // namespace steq
