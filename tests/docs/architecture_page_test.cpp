// SPDX-License-Identifier: MIT
// The table of folders in docs/architecture.md against the #include lines.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;
using DrawnArrows = std::map<std::string, Names>;  // from what includes to what is included

const fs::path kSource = STEQ_SOURCE_DIR;

/// The path's first `depth` names: "sim/nn" of "sim/nn/layers/relu.hpp".
std::string folder(const fs::path& path, std::size_t depth) {
  fs::path folder;
  for (auto name = path.begin(); name != path.end() && depth-- > 0; ++name) folder /= *name;
  return folder.string();
}

/// Between the folders of that depth below `root`: who includes whom, each other folder once.
DrawnArrows arrows(const std::string& root, std::size_t depth) {
  const std::regex include("^#include \"((?:sim|theory|records|plots|experiments)/.*)\"");
  DrawnArrows arrows;
  for (const auto& file : fs::recursive_directory_iterator(kSource / root)) {
    if (file.path().extension() != ".hpp" && file.path().extension() != ".cpp") continue;
    const std::string from = folder(fs::relative(file.path(), kSource), depth);
    arrows[from];
    std::ifstream in(file.path());
    std::smatch match;
    for (std::string line; std::getline(in, line);)
      if (std::regex_search(line, match, include))
        if (const std::string to = folder(match[1].str(), depth); to != from) arrows[from].insert(to);
  }
  return arrows;
}

/// The rows `sim/FOLDER` | ... | `a`, `b` | of the page.
DrawnArrows rows_of_the_page() {
  std::ifstream in(kSource / "docs/architecture.md");
  const std::regex row("^\\| `(sim/[a-z]+)` \\|.*\\|([^|]*)\\|$"), name("`([a-z]+)`");
  DrawnArrows rows;
  std::smatch match;
  for (std::string line; std::getline(in, line);) {
    if (!std::regex_search(line, match, row)) continue;
    Names& below = rows[match[1]];
    const std::string cell = match[2];
    for (std::sregex_iterator it(cell.begin(), cell.end(), name); it != std::sregex_iterator(); ++it)
      below.insert("sim/" + (*it)[1].str());
  }
  return rows;
}

}  // namespace

TEST_CASE("the folders of sim build on those that the page names", "[docs]") {
  const DrawnArrows found = arrows("sim", 2), written = rows_of_the_page();
  for (const auto& [name, below] : found) {
    INFO(name);
    REQUIRE(written.contains(name));
    CHECK(written.at(name) == below);
  }
  CHECK(written.size() == found.size());
}
