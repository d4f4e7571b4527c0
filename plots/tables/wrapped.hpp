// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// `head`, then the words of `body` broken into lines of at most 100 columns that all start in column `indent`; the first
/// one two columns behind a head that reaches further.
std::string wrapped(const std::string& head, const std::string& body, std::size_t indent);

}  // namespace steq
