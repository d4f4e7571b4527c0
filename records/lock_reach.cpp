// SPDX-License-Identifier: MIT
#include "records/lock_reach.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <vector>

namespace steq {
namespace {

struct Mount {
  std::string type, options;
};

/// A file system that may keep locks to the machine that asks for them, unless a mount has this option.
struct LocalLocks {
  std::string_view type;
  std::string_view unless;
};

constexpr LocalLocks kLocalLocks[] = {{"nfs", "local_lock=none"},
                                      {"nfs4", "local_lock=none"},
                                      {"lustre", "flock"},
                                      {"beegfs", ""},
                                      {"cifs", ""},
                                      {"smb3", ""},
                                      {"9p", ""},
                                      {"virtiofs", ""},
                                      {"afs", ""},
                                      {"panfs", ""},
                                      {"pvfs2", ""}};

std::vector<std::string> split_at(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// A line is "36 35 98:0 /root /place options [more] - TYPE source OPTIONS".
std::optional<Mount> mount_of(std::string_view mounts, const std::string& device) {
  for (const std::string& line : split_at(std::string(mounts), '\n')) {
    const std::vector<std::string> words = split_at(line, ' ');
    const auto dash = std::ranges::find(words, "-");
    if (words.size() > 2 && words[2] == device && std::distance(dash, words.end()) > 3) return Mount{dash[1], dash[3]};
  }
  return std::nullopt;
}

}  // namespace

bool locks_reach_all(std::string_view mounts, const std::string& device) {
  const std::optional<Mount> mount = mount_of(mounts, device);
  if (!mount) return true;
  if (mount->type.starts_with("fuse.")) return mount->type == "fuse.fuse-overlayfs";
  const auto row = std::ranges::find(kLocalLocks, mount->type, &LocalLocks::type);
  if (row == std::end(kLocalLocks)) return true;
  const std::vector<std::string> options = split_at(mount->options, ',');
  return std::ranges::find(options, row->unless) != options.end();
}

bool locks_reach_all(const std::string& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) return true;
  std::ifstream file("/proc/self/mountinfo");
  const std::string mounts{std::istreambuf_iterator<char>(file), {}};
  return locks_reach_all(mounts, std::to_string(major(status.st_dev)) + ":" + std::to_string(minor(status.st_dev)));
}

}  // namespace steq
