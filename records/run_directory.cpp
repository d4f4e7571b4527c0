// SPDX-License-Identifier: MIT
#include "records/run_directory.hpp"

#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

fs::path with_suffix(fs::path path, const char* suffix) { return path += suffix; }

void move(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) throw IoError(from.string(), "cannot rename to " + to.string() + ": " + error.message());
}

/// Without the slash at the end, which would make a name of ".partial".
fs::path normalized(const fs::path& path) {
  if (path.empty()) throw InputError("", "the output directory's name is empty");
  const fs::path normal = fs::absolute(path).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

}  // namespace

fs::path unfinished_run(const fs::path& directory) {
  const fs::path whole = normalized(directory), staging = with_suffix(whole, ".partial");
  std::error_code error;
  return fs::is_directory(staging, error) ? staging : whole;
}

RunDirectory::RunDirectory(const fs::path& directory, Existing existing)
    : directory_(normalized(directory)), staging_(with_suffix(directory_, ".partial")) {
  if (existing == Existing::resume) {
    adopt();
    return;
  }
  check_existing(existing);
  lock_ = DirectoryLock(staging_);  // of a run that was cut off, before it is removed
  replaces_ = fs::is_directory(directory_);
  try {
    if (existing == Existing::replace) fs::remove_all(staging_);
    make_staging();
    lock_ = DirectoryLock(staging_);
  } catch (const fs::filesystem_error& error) {
    remove_staging();
    throw IoError(staging_.string(), "cannot make the directory: " + error.code().message());
  }
}

RunDirectory::~RunDirectory() {
  if (!finished_) remove_staging();
}

void RunDirectory::adopt() {
  finished_ = true;  // it was there before
  lock_ = DirectoryLock(unfinished_run(directory_));
  std::error_code error;
  if (fs::is_directory(staging_, error)) {
    replaces_ = fs::is_directory(directory_, error);
  } else if (fs::is_directory(directory_, error)) {
    move(directory_, staging_);
  } else {
    throw InputError(directory_.string(), "is not there; allowed: the directory of a run that was interrupted");
  }
}

void RunDirectory::check_existing(Existing existing) const {
  const bool force = existing == Existing::replace;
  std::error_code error;
  const fs::file_status status = fs::symlink_status(directory_, error);
  if (status.type() == fs::file_type::not_found || status.type() == fs::file_type::none) {
    // nothing is there, or nothing can be seen: making the directory will tell
  } else if (!fs::is_directory(directory_, error)) {
    throw InputError(directory_.string(), "exists and is not a directory; allowed: the name of a new directory");
  } else if (!force) {
    throw InputError(directory_.string(), "exists; use --force to replace it, or another --out");
  } else if (!fs::is_empty(directory_, error) && !fs::exists(directory_ / "manifest.json", error)) {
    throw InputError(directory_.string(),
                     "exists and is not a run directory (it has no manifest.json); --force does not "
                     "replace it");
  }
  if (!force && fs::exists(fs::symlink_status(staging_, error)))
    throw InputError(
        staging_.string(),
        "exists: another run is writing it, or one was cut off; use --resume to go on with it, or --force to "
        "remove it");
}

void RunDirectory::make_staging() {
  std::error_code error;
  for (fs::path parent = staging_.parent_path(); !fs::exists(parent, error) && parent != parent.parent_path();
       parent = parent.parent_path())
    made_parents_.push_back(parent);
  fs::create_directories(staging_);
}

void RunDirectory::remove_staging() noexcept {
  std::error_code error;
  fs::remove_all(staging_, error);
  for (const fs::path& parent : made_parents_) fs::remove(parent, error);  // refuses where it is not empty
}

std::string RunDirectory::file(const std::string& name) const {
  const fs::path path = staging_ / name;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) throw IoError(path.parent_path().string(), "cannot make the directory: " + error.message());
  return path.string();
}

void RunDirectory::commit() {
  finished_ = true;
  const fs::path aside = with_suffix(directory_, ".replaced");
  if (replaces_) move(directory_, aside);
  move(staging_, directory_);
  std::error_code error;
  if (replaces_) fs::remove_all(aside, error);
  if (error) throw IoError(aside.string(), "cannot remove: " + error.message());
}

}  // namespace steq
