// SPDX-License-Identifier: MIT
#include "tests/docs/markdown.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>

#include "tests/experiments/program/program.hpp"

namespace steq::testing {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::map<std::string, std::string> notes_of(const std::string& line) {
  std::map<std::string, std::string> notes;
  std::smatch comment;
  if (!std::regex_match(line, comment, std::regex("<!--(.*)-->"))) return notes;
  std::stringstream items(comment[1]);
  for (std::string item; std::getline(items, item, ';');) {
    const std::size_t colon = item.find(": ");
    notes[trimmed(item.substr(0, colon))] = colon == std::string::npos ? "" : trimmed(item.substr(colon + 2));
  }
  return notes;
}

/// Lower case, without punctuation, with - for spaces.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading.substr(heading.find(' ') + 1)) {
    if (c == ' ') anchor += '-';
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_')
      anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return anchor;
}

void read_prose(const std::string& line, Document& document) {
  static const std::regex link(R"(\]\(([^)\s]+)\))");
  for (std::sregex_iterator found(line.begin(), line.end(), link), end; found != end; ++found)
    document.links.push_back((*found)[1]);
  if (line.starts_with('#')) document.anchors.push_back(anchor_of(line));
}

}  // namespace

Document read_document(const std::filesystem::path& path) {
  Document document{.path = path, .blocks = {}, .links = {}, .anchors = {}};
  const std::vector<std::string> lines = lines_of(get(path));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with("```")) {
      read_prose(lines[i], document);
      continue;
    }
    Block block{
        .language = lines[i].substr(3), .notes = notes_of(i > 0 ? lines[i - 1] : ""), .lines = {}, .line = i + 1};
    while (++i < lines.size() && lines[i] != "```") block.lines.push_back(lines[i]);
    document.blocks.push_back(std::move(block));
  }
  return document;
}

std::vector<std::filesystem::path> markdown_files() {
  std::vector<std::filesystem::path> files;
  for (std::filesystem::recursive_directory_iterator entry(STEQ_SOURCE_DIR), end; entry != end; ++entry) {
    const std::string name = entry->path().filename().string();
    if (entry->is_directory() && (name == "build" || name.starts_with('.'))) entry.disable_recursion_pending();
    if (entry->path().extension() == ".md") files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace steq::testing

using namespace steq;
namespace fs = std::filesystem;

TEST_CASE("Markdown is read as the documents use it") {
  const testing::TemporaryDirectory directory;
  testing::put(directory.file("a.md"),
               "# What it *is*: 1\n[x](b.md#c) and [y](d.svg)\n<!-- numbers vary; exit code: 1 -->\n```console\n"
               "$ steq [n](o)\n```\n");
  const testing::Document document = testing::read_document(directory.file("a.md"));
  CHECK(document.links == std::vector<std::string>{"b.md#c", "d.svg"});
  CHECK(document.anchors == std::vector<std::string>{"what-it-is-1"});
  REQUIRE(document.blocks.size() == 1);
  const testing::Block& block = document.blocks[0];
  CHECK(block.language == "console");
  CHECK(block.lines == std::vector<std::string>{"$ steq [n](o)"});
  CHECK(block.notes == std::map<std::string, std::string>{{"numbers vary", ""}, {"exit code", "1"}});
  CHECK(block.line == 4);
}

TEST_CASE("Every link of every document leads to a file, and its anchor to a heading") {
  const std::vector<fs::path> files = testing::markdown_files();
  CHECK(files.size() > 10);
  for (const fs::path& file : files)
    for (const std::string& link : testing::read_document(file).links) {
      if (link.starts_with("https://") || link.starts_with("http://")) continue;
      INFO(file.string() << ": " << link);
      const std::size_t hash = std::min(link.find('#'), link.size());
      const fs::path target = hash == 0 ? file : file.parent_path() / link.substr(0, hash);
      REQUIRE(fs::exists(target));
      if (hash == link.size()) continue;
      const std::vector<std::string> anchors = testing::read_document(target).anchors;
      CHECK(std::count(anchors.begin(), anchors.end(), link.substr(hash + 1)) == 1);
    }
}
