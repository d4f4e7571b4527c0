// SPDX-License-Identifier: MIT
#include "experiments/config/home.hpp"

#include <cstdlib>

namespace steq {

std::string with_home(const std::string& path) {
  const char* home = std::getenv("HOME");
  const bool own = path == "~" || path.starts_with("~/");
  return own && home ? home + path.substr(1) : path;
}

}  // namespace steq
