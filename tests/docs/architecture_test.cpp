// SPDX-License-Identifier: MIT
// The rooms and the folders in them know each other in one direction only: read from the #include lines.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
namespace fs = std::filesystem;

namespace {

using Folder = std::string;
/// From a folder to those whose headers it includes, with one line that does.
using Arrows = std::map<Folder, std::map<Folder, std::string>>;
using Groups = std::vector<std::vector<Folder>>;

/// What each room may know, besides itself.
const std::map<std::string, std::set<std::string>> kRooms{{"sim", {}},
                                                          {"theory", {"sim"}},
                                                          {"records", {"sim"}},
                                                          {"plots", {"sim", "records"}},
                                                          {"experiments", {"sim", "theory", "records", "plots"}}};

/// Arrows that point back for the time being. The test fails where one of them is gone: take it out then.
const std::vector<std::pair<Folder, Folder>> kBackwards{{"experiments/analysis", "experiments/commands"},
                                                        {"experiments/analysis", "experiments/training"}};

std::string room_of(const Folder& folder) { return folder.substr(0, folder.find('/')); }

void read_includes(const fs::path& file, const Folder& folder, Arrows& arrows) {
  static const std::regex include("^#include \"([^\"]+)/[^/\"]+\"");
  const std::string text = testing::get(file);
  std::istringstream lines(text);
  std::smatch found;
  arrows[folder];
  for (std::string line; std::getline(lines, line);)
    if (std::regex_search(line, found, include) && kRooms.contains(room_of(found[1])) && found[1] != folder)
      arrows[folder].emplace(found[1], file.filename().string() + ": " + line);
}

Arrows arrows_below(const fs::path& source) {
  Arrows arrows;
  for (const auto& [room, unused] : kRooms)
    for (const auto& entry : fs::recursive_directory_iterator(source / room))
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
        read_includes(entry.path(), fs::relative(entry.path().parent_path(), source).string(), arrows);
  return arrows;
}

/// All folders that can be reached, `from` itself only on a way around.
std::set<Folder> reached(const Arrows& arrows, const Folder& from) {
  std::set<Folder> seen;
  std::vector<Folder> next{from};
  while (!next.empty()) {
    const Folder folder = next.back();
    next.pop_back();
    if (const auto found = arrows.find(folder); found != arrows.end())
      for (const auto& [to, line] : found->second)
        if (seen.insert(to).second) next.push_back(to);
  }
  return seen;
}

/// The groups of folders that reach each other, each in alphabetical order.
Groups circles(const Arrows& arrows) {
  std::map<Folder, std::set<Folder>> all;
  for (const auto& [folder, unused] : arrows) all[folder] = reached(arrows, folder);
  Groups groups;
  for (const auto& [folder, to] : all) {
    std::vector<Folder> group;
    for (const auto& [other, back] : all)
      if (to.contains(other) && back.contains(folder)) group.push_back(other);
    if (!group.empty() && std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
  }
  return groups;
}

/// The lines that make the circle.
std::string lines_of(const Arrows& arrows, const std::vector<Folder>& group) {
  std::string text;
  for (const Folder& from : group)
    for (const auto& [to, line] : arrows.at(from))
      if (std::ranges::find(group, to) != group.end()) text += from + "/" + line + "\n";
  return text;
}

}  // namespace

TEST_CASE("a circle of folders is found, whatever its length") {
  const Arrows arrows{{"a", {{"b", ""}}}, {"b", {{"c", ""}}}, {"c", {{"a", ""}, {"d", ""}}}, {"d", {}}};
  CHECK(circles(arrows) == Groups{{"a", "b", "c"}});
  CHECK(circles({{"a", {{"b", ""}}}, {"b", {}}}).empty());
}

TEST_CASE("rooms know only the rooms before them") {
  for (const auto& [folder, to] : arrows_below(STEQ_SOURCE_DIR))
    for (const auto& [other, line] : to) {
      INFO(folder << "/" << line);
      CHECK((room_of(other) == room_of(folder) || kRooms.at(room_of(folder)).contains(room_of(other))));
    }
}

TEST_CASE("no folders know each other in a circle") {
  Arrows arrows = arrows_below(STEQ_SOURCE_DIR);
  CHECK(arrows.size() > 30);
  for (const auto& [from, to] : kBackwards) {
    INFO(from << " knows " << to << " no longer");
    CHECK(arrows[from].erase(to) == 1);
  }
  for (const auto& group : circles(arrows)) FAIL_CHECK(lines_of(arrows, group));
}
