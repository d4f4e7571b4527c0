// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>

namespace steq {

/// How many cores' worth of time the control groups of this process allow it, the smallest of all levels: 0.5 is half a
/// core. Nothing where there is no limit. Knows both versions of control groups; `root` is where /proc and /sys are.
std::optional<double> cpu_quota(const std::filesystem::path& root = "/");

}  // namespace steq
