// SPDX-License-Identifier: MIT
// The files of which a report is made, embedded when the program is built.
#pragma once

#include <map>
#include <string_view>

namespace steq {

/// By file name: the skeleton, style and scripts of plots/report/assets, dygraphs, and CITATION.cff. Written by
/// cmake/embed_report.cmake.
const std::map<std::string_view, std::string_view>& embedded_assets();

/// Throws std::out_of_range where there is no such file.
inline std::string_view asset(std::string_view name) { return embedded_assets().at(name); }

}  // namespace steq
