// SPDX-License-Identifier: MIT
#include "plots/tables/wrapped.hpp"

#include <fmt/format.h>

#include <sstream>

namespace steq {

std::string wrapped(const std::string& head, const std::string& body, std::size_t indent) {
  constexpr std::size_t kColumns = 100;
  std::string text, line = fmt::format("{:<{}}", head, indent);
  if (line.size() > indent || (indent > 0 && line.back() != ' ')) line += "  ";
  bool first = true;
  std::istringstream words(body);
  for (std::string word; words >> word; first = false) {
    if (!first && line.size() + 1 + word.size() > kColumns) {
      text += line + "\n";
      line = std::string(indent, ' ');
      first = true;
    }
    line += (first ? "" : " ") + word;
  }
  return text + line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace steq
