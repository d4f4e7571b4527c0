// SPDX-License-Identifier: MIT
// Plug-ins and the tables that list them, found by looking at the source files.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace steq::test {

inline std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

inline std::string source_text(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Names of the functions without a static parameter list that the .cpp files of `folder` define with this head, a
/// regular expression for what stands before and behind the name, as ("Figure ", "\\(\\)"); sorted.
inline std::vector<std::string> defined(const std::filesystem::path& folder, const std::string& before,
                                        const std::string& behind) {
  std::vector<std::string> names;
  const std::regex definition("(?:^|\n)" + before + "(\\w+)" + behind + " \\{");
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".cpp") continue;
    const std::string text = source_text(file.path());
    for (std::sregex_iterator found(text.begin(), text.end(), definition), end; found != end; ++found)
      names.push_back((*found)[1]);
  }
  return sorted(names);
}

/// A table of plug-ins: #define STEQ_NAME(entry) entry(a) entry(b) ..., and the head under which it declares them.
struct PluginTable {
  std::filesystem::path file;
  std::string macro;                 ///< STEQ_NAME
  std::vector<std::string> listed;   ///< sorted
  std::vector<std::string> defined;  ///< by the .cpp files of its folder; sorted
};

/// Text that stands for itself in a regular expression.
inline std::string literal(const std::string& text) {
  return std::regex_replace(text, std::regex(R"([.*+?^${}()|[\]\\])"), R"(\$&)");
}

inline PluginTable plugin_table(const std::filesystem::path& file, const std::string& text, const std::string& macro) {
  PluginTable table{file, macro, {}, {}};
  const std::size_t start = text.find("#define " + macro + "(entry)"), end = text.find("clang-format on", start);
  const std::string rows = text.substr(start, std::min(end, text.find("\n\n", start)) - start);
  static const std::regex row(R"(entry\((\w+))");
  for (std::sregex_iterator found(rows.begin(), rows.end(), row), last; found != last; ++found)
    table.listed.push_back((*found)[1]);
  // #define STEQ_DECLARE(name) HEAD name(PARAMETERS); then STEQ_NAME(STEQ_DECLARE)
  std::smatch use, declaration;
  std::regex_search(text, use, std::regex(macro + R"(\((STEQ_DECLARE\w*)\))"));
  std::regex_search(text, declaration,
                    std::regex("#define " + use[1].str() + R"(\(name(?:, \.\.\.)?\) ([^\n]*?)\bname(\([^\n]*\));)"));
  table.defined = defined(file.parent_path(), literal(declaration[1]), literal(declaration[2]));
  table.listed = sorted(table.listed);
  return table;
}

/// Every table of plug-ins in the rooms of the house.
inline std::vector<PluginTable> plugin_tables() {
  std::vector<PluginTable> tables;
  static const std::regex define(R"(#define (STEQ_\w+)\(entry\))");
  for (const char* room : {"sim", "theory", "records", "plots", "experiments"})
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(STEQ_SOURCE_DIR) / room)) {
      if (file.path().extension() != ".cpp") continue;
      const std::string text = source_text(file.path());
      for (std::sregex_iterator found(text.begin(), text.end(), define), end; found != end; ++found)
        tables.push_back(plugin_table(file.path(), text, (*found)[1]));
    }
  return tables;
}

/// Names (with - for _) of the .cpp files of `folder` that define a function `REGISTRY::Entry FILE_NAME()`; sorted.
inline std::vector<std::string> plugin_files(const std::string& folder, const std::string& registry) {
  const std::filesystem::path path = std::filesystem::path(STEQ_SOURCE_DIR) / folder;
  std::vector<std::string> names;
  for (std::string name : defined(path, registry + "::Entry ", "\\(\\)")) {
    if (!std::filesystem::exists(path / (name + ".cpp"))) continue;
    std::replace(name.begin(), name.end(), '_', '-');
    names.push_back(name);
  }
  return names;
}

}  // namespace steq::test
