// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// Of a group or dataset: /A/B.
inline std::string log_name(const std::string& a, const std::string& b) { return "/" + a + "/" + b; }

}  // namespace steq
