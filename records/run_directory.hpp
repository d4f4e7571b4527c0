// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "records/directory_lock.hpp"

namespace steq {

/// What to do where a run directory is there already.
enum class Existing {
  refuse,
  replace,  ///< when the new one is complete
  resume,   ///< go on in it: in DIR.partial of a run that was cut off, or in DIR of one that was interrupted
};

/// A run directory that appears whole or not at all: everything is written into DIR.partial, which commit() renames to
/// DIR and the destructor otherwise removes, with the parents made for it. Nobody else can write there meanwhile.
class RunDirectory {
 public:
  /// Makes DIR.partial. Throws InputError, having changed nothing, where DIR or DIR.partial exists and `existing` is
  /// to refuse, where another process is writing DIR.partial, where DIR is neither empty nor a run directory, or where
  /// there is nothing to resume; IoError where it cannot be made.
  explicit RunDirectory(const std::filesystem::path& directory, Existing existing = Existing::refuse);
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  const std::filesystem::path& directory() const { return directory_; }
  const std::filesystem::path& staging() const { return staging_; }

  /// The path at which to write `name` ("weights/ste-final.safetensors"); its folder is made.
  std::string file(const std::string& name) const;

  /// From now on DIR.partial stays, whatever happens.
  void keep() { finished_ = true; }

  /// The old directory is replaced now and not before. Throws IoError; then DIR.partial stays, with all results.
  void commit();

 private:
  void check_existing(Existing existing) const;
  void adopt();
  void make_staging();
  void remove_staging() noexcept;

  std::filesystem::path directory_;
  std::filesystem::path staging_;
  std::vector<std::filesystem::path> made_parents_;  ///< innermost first
  DirectoryLock lock_;                               ///< of the staging directory
  bool replaces_ = false;
  bool finished_ = false;
};

/// Where a run that can be resumed has left its files: DIR.partial, else DIR.
std::filesystem::path unfinished_run(const std::filesystem::path& directory);

}  // namespace steq
