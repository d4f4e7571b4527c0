// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace steq {

/// A run directory that appears whole or not at all: everything is written into DIR.partial, which commit() renames to
/// DIR and the destructor otherwise removes, with the parents made for it.
class RunDirectory {
 public:
  /// Makes DIR.partial. Throws InputError, having changed nothing, where DIR or DIR.partial exists and `force` is
  /// false, or where DIR is neither empty nor a run directory; IoError where it cannot be made.
  RunDirectory(const std::filesystem::path& directory, bool force);
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  const std::filesystem::path& directory() const { return directory_; }
  const std::filesystem::path& staging() const { return staging_; }

  /// The path at which to write `name` ("weights/ste-final.safetensors"); its folder is made.
  std::string file(const std::string& name) const;

  /// The old directory is replaced now and not before. Throws IoError; then DIR.partial stays, with all results.
  void commit();

 private:
  void check_existing(bool force) const;
  void make_staging();
  void remove_staging() noexcept;

  std::filesystem::path directory_;
  std::filesystem::path staging_;
  std::vector<std::filesystem::path> made_parents_;  ///< innermost first
  bool replaces_ = false;
  bool finished_ = false;
};

}  // namespace steq
