// SPDX-License-Identifier: MIT
#include "sim/core/cpu_quota.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace steq {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// Where the control groups of one hierarchy are seen: what lies below `root` in the hierarchy lies below `place`.
struct Mount {
  fs::path root, place;
};

std::vector<Words> lines_of(const fs::path& file, char separator) {
  std::vector<Words> lines;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    lines.emplace_back();
    for (std::string word; std::getline(words, word, separator);) lines.back().push_back(word);
  }
  return lines;
}

bool lists(const std::string& names, const std::string& name) {
  std::istringstream stream(names);
  for (std::string each; std::getline(stream, each, ',');)
    if (each == name) return true;
  return false;
}

/// The mount of type `type`, and with `option` among those of its file system where that is not empty. A line of
/// mountinfo: "36 35 0:31 ROOT PLACE rw shared:1 - TYPE SOURCE OPTIONS", with any number of words before the dash.
std::optional<Mount> find_mount(const fs::path& root, const std::string& type, const std::string& option) {
  for (const Words& words : lines_of(root / "proc/self/mountinfo", ' ')) {
    const auto dash = std::ranges::find(words, "-");
    if (words.size() < 6 || words.end() - dash < 4 || dash[1] != type) continue;
    if (option.empty() || lists(dash[3], option)) return Mount{words[3], root / fs::path(words[4]).relative_path()};
  }
  return std::nullopt;
}

std::optional<double> number_in(const std::string& word) {
  std::istringstream stream(word);
  double number = 0;
  return stream >> number && number > 0 ? std::optional(number) : std::nullopt;
}

std::string first_line(const fs::path& file) {
  std::string line;
  std::getline(std::ifstream(file) >> std::ws, line);
  return line;
}

/// Version 2: "50000 100000", or "max 100000" without a limit. Version 1: a file each, the limit -1 where there is
/// none.
std::optional<double> quota_of(const fs::path& group) {
  std::istringstream both(first_line(group / "cpu.max"));
  std::string limit, period;
  if (!(both >> limit >> period)) {
    limit = first_line(group / "cpu.cfs_quota_us");
    period = first_line(group / "cpu.cfs_period_us");
  }
  const std::optional<double> a = number_in(limit), b = number_in(period);
  return a && b ? std::optional(*a / *b) : std::nullopt;
}

/// The smallest from the group up to the mount.
std::optional<double> smallest_quota(const Mount& mount, const fs::path& group) {
  const fs::path below = group.lexically_relative(mount.root);
  std::optional<double> smallest;
  // A container that sees the path of its host has its own group at the mount.
  fs::path at = below.empty() || *below.begin() == ".." ? mount.place : (mount.place / below).lexically_normal();
  for (;; at = at.parent_path()) {
    if (const auto quota = quota_of(at); quota && (!smallest || *quota < *smallest)) smallest = quota;
    if (at == mount.place || at == at.parent_path()) return smallest;
  }
}

}  // namespace

std::optional<double> cpu_quota(const fs::path& root) {
  for (const Words& words : lines_of(root / "proc/self/cgroup", ':')) {  // "4:cpu,cpuacct:/GROUP", or "0::/GROUP"
    if (words.size() < 3) continue;
    const bool unified = words[1].empty();
    if (!unified && !lists(words[1], "cpu")) continue;
    const auto mount = unified ? find_mount(root, "cgroup2", "") : find_mount(root, "cgroup", "cpu");
    if (const auto quota = mount ? smallest_quota(*mount, words[2]) : std::nullopt) return quota;
  }
  return std::nullopt;
}

}  // namespace steq
