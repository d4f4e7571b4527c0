// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "records/directory_lock.hpp"
#include "records/made_directories.hpp"

namespace steq {

/// DIR as it is named on the disk: absolute, behind links, without a slash at the end. Throws InputError where the name
/// is empty.
std::filesystem::path run_place(const std::filesystem::path& directory);

/// DIR.partial of a run_place(), where a run writes until it is complete.
std::filesystem::path staging_of(const std::filesystem::path& place);

/// Who writes a run there now, as text_of() tells it; empty for nobody.
std::string writer_of(const std::filesystem::path& directory);

/// A run directory that appears whole or not at all: everything is written into DIR.partial, which commit() renames to
/// DIR. Nobody else can write there meanwhile. Unless keep() is called the destructor removes DIR.partial again, with
/// the parents made for it.
class RunDirectory {
 public:
  /// Takes the lock of DIR, DIR.partial.lock, and changes nothing else but the parents that it needs. Throws BusyError
  /// where another process has it, IoError where it cannot be had.
  explicit RunDirectory(const std::filesystem::path& directory);
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  /// Makes an empty DIR.partial in place of an earlier one. Whether an earlier DIR can be replaced later is tried now.
  /// Throws InputError where either holds what no run has written, IoError where the system refuses.
  void begin();
  /// Goes on in DIR.partial, or else in DIR, which is renamed to that; what was left half-written there is removed.
  /// Throws as begin() does.
  void go_on();

  const std::filesystem::path& directory() const { return directory_; }
  const std::filesystem::path& staging() const { return staging_; }
  /// What the user should know of how the lock was had; empty for nothing.
  const std::string& remark() const { return lock_.remark(); }

  /// The path at which to write `name` ("weights/ste-final.safetensors"); its folder is made. Throws BusyError where
  /// another process has taken over the directory.
  std::string file(const std::string& name) const;

  /// From now on DIR.partial stays, whatever happens.
  void keep() { kept_ = true; }

  /// An earlier DIR is replaced now and not before; what in it was not written by a run is kept beside. Returns what to
  /// tell the user of that, empty for nothing. Throws IoError; then DIR.partial stays, with all results;
  /// or BusyError as file() does.
  std::string commit();

 private:
  void check_replaced() const;
  void try_replacing();

  std::filesystem::path directory_;
  std::filesystem::path staging_;
  MadeDirectories parents_;
  DirectoryLock lock_;
  bool replaces_ = false;
  bool kept_ = true;  ///< nothing to remove before begin()
};

}  // namespace steq
