// SPDX-License-Identifier: MIT
#include "sim/estimators/expression_text.hpp"

#include <cctype>

namespace steq {
namespace {

bool belongs_to_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

}  // namespace

std::string substituted(const std::string& text, const std::string& name, const std::string& by) {
  std::string result;
  for (std::size_t first = 0; first < text.size();) {
    std::size_t end = first;
    while (end < text.size() && belongs_to_word(text[end])) ++end;
    const std::string word = text.substr(first, end > first ? end - first : 1);
    result += word == name ? "(" + by + ")" : word;
    first += word.size();
  }
  return result;
}

}  // namespace steq
