// SPDX-License-Identifier: MIT
// What the tests of the documents need of Markdown: fenced blocks with the notes above them, links and headings.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace steq::testing {

/// A fenced block. Its notes stand in a comment on the line above it, as `<!-- key: value; key -->`.
struct Block {
  std::string language;
  std::map<std::string, std::string> notes;
  std::vector<std::string> lines;
  std::size_t line = 0;  ///< of the fence, counted from 1
};

struct Document {
  std::filesystem::path path;
  std::vector<Block> blocks;
  std::vector<std::string> links;    ///< targets, outside of fenced blocks
  std::vector<std::string> anchors;  ///< of headings, as GitHub forms them
};

Document read_document(const std::filesystem::path& path);

/// Every .md file of the source tree, build directories aside; sorted.
std::vector<std::filesystem::path> markdown_files();

}  // namespace steq::testing
