// SPDX-License-Identifier: MIT
// The plug-ins that a folder holds, found by looking at its files.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace steq::test {

inline std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

/// Names (with - for _) of the .cpp files of `folder` that define a function `REGISTRY::Entry FILE_NAME()`; sorted.
inline std::vector<std::string> plugin_files(const std::string& folder, const std::string& registry) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(STEQ_SOURCE_DIR) / folder)) {
    if (file.path().extension() != ".cpp") continue;
    std::ifstream in(file.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::string name = file.path().stem().string();
    if (text.find(registry + "::Entry " + name + "()") == std::string::npos) continue;
    std::replace(name.begin(), name.end(), '_', '-');
    names.push_back(name);
  }
  return sorted(names);
}

}  // namespace steq::test
