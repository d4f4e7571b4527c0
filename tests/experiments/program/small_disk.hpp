// SPDX-License-Identifier: MIT
#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <string>

namespace steq::testing {

/// A small file system of its own, where the system lets us make one.
class SmallDisk {
 public:
  SmallDisk(const std::filesystem::path& path, const std::string& size) : path_(path) {
    std::filesystem::create_directory(path);
    mounted_ = ::mount("steq-test", path.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount(path_.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  /// False where the system refuses.
  bool grow(const std::string& size) const {
    return ::mount("steq-test", path_.c_str(), "tmpfs", MS_REMOUNT, ("size=" + size).c_str()) == 0;
  }

 private:
  std::filesystem::path path_;
  bool mounted_ = false;
};

}  // namespace steq::testing
