// SPDX-License-Identifier: MIT
#include "experiments/entry/shell_word.hpp"

#include <algorithm>
#include <cctype>

namespace steq {

std::string shell_word(const std::string& word) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) || std::string("/._-+:@%=,").find(char(c)) != std::string::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, plain)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace steq
