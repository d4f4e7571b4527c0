// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// The C library with its version and a digest of what its functions return at sample points: "glibc 2.36, results
/// 1f2e3d4c5b6a7988". The same library takes other variants of exp or tanh on other processors (with FMA or without),
/// which round differently; whatever decides, only equal results give equal bits.
std::string math_library();

}  // namespace steq
