// SPDX-License-Identifier: MIT
#include "records/run_directory.hpp"

#include <fmt/format.h>

#include "records/files.hpp"
#include "records/run_contents.hpp"
#include "sim/core/errors.hpp"
#include "sim/core/notation.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

fs::path with_suffix(fs::path path, const std::string& suffix) { return path += suffix; }

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

void move(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) throw IoError(from.string(), "cannot rename to " + to.string() + ": " + error.message());
}

/// Where the earlier directory waits for its end: DIR.replaced, or with a number where an earlier one was kept.
fs::path free_name_beside(const fs::path& place) {
  for (int i = 1;; ++i)
    if (const fs::path name = with_suffix(place, i == 1 ? ".replaced" : fmt::format(".replaced-{}", i));
        !is_there(name))
      return name;
}

std::string remove_replaced(const fs::path& aside) {
  std::error_code unreadable;
  if (!is_run(aside) && !fs::is_empty(aside, unreadable))
    return fmt::format("what was no run is now {}", aside.string());  // it came while the run was under way
  try {
    const std::vector<std::string> left = remove_run(aside);
    return left.empty() ? "" : fmt::format("{} keeps what steq had not written: {}", aside.string(), join(left));
  } catch (const IoError& error) {
    return fmt::format("the run that was replaced is in {}: {}", aside.string(), error.what());
  }
}

fs::path lock_of(const fs::path& staging) { return with_suffix(staging, ".lock"); }

}  // namespace

fs::path run_place(const fs::path& directory) {
  if (directory.empty()) throw InputError("", "the output directory's name is empty");
  const fs::path normal = fs::absolute(directory).lexically_normal();
  return behind_links(normal.has_filename() ? normal : normal.parent_path()).lexically_normal();
}

fs::path staging_of(const fs::path& place) { return with_suffix(place, ".partial"); }

std::string writer_of(const fs::path& directory) {
  const fs::path place = run_place(directory);
  return living_holder(place, lock_of(staging_of(place)));
}

RunDirectory::RunDirectory(const fs::path& directory)
    : directory_(run_place(directory)),
      staging_(staging_of(directory_)),
      parents_(directory_.parent_path()),
      lock_(directory_, lock_of(staging_)) {}

RunDirectory::~RunDirectory() {
  if (kept_ || lock_.is_lost()) return;
  try {
    remove_run(staging_);
  } catch (const IoError&) {  // what cannot be removed stays
  }
}

void RunDirectory::begin() {
  check_replaced();
  std::error_code error;
  if (is_there(staging_)) {
    if (!fs::is_directory(staging_, error) || !is_unfinished_run(staging_))
      throw InputError(staging_.string(), "exists, and not all of it was written by a run; move it away");
    remove_run(staging_);
  }
  kept_ = false;
  make_directories(staging_);
  try_replacing();
}

void RunDirectory::go_on() {
  std::error_code error;
  if (!fs::is_directory(staging_, error)) move(directory_, staging_);
  check_replaced();
  remove_temporaries(staging_);
  try_replacing();
}

void RunDirectory::check_replaced() const {
  std::error_code error;
  if (!is_there(directory_)) return;
  if (!fs::is_directory(directory_, error))
    throw InputError(directory_.string(), "exists and is not a directory; allowed: the name of a new directory");
  if (!fs::is_empty(directory_, error) && !is_run(directory_))
    throw InputError(directory_.string(), "exists and is not a run directory; only those are replaced");
}

/// By renaming it there and back.
void RunDirectory::try_replacing() {
  replaces_ = is_there(directory_);
  if (!replaces_) return;
  const fs::path aside = free_name_beside(directory_);
  std::error_code error;
  fs::rename(directory_, aside, error);
  if (error)
    throw IoError(directory_.string(),
                  fmt::format("cannot be renamed, as replacing it needs: {}; allowed: another --out, for instance "
                              "a directory in it",
                              error.message()));
  move(aside, directory_);
}

std::string RunDirectory::file(const std::string& name) const {
  if (lock_.is_lost()) lock_.require_held();
  const fs::path path = staging_ / name;
  make_directories(path.parent_path());
  return path.string();
}

std::string RunDirectory::commit() {
  kept_ = true;
  lock_.require_held();
  const fs::path aside = free_name_beside(directory_);
  const bool moved = replaces_ && is_there(directory_);
  if (moved) move(directory_, aside);
  try {
    move(staging_, directory_);
  } catch (const IoError&) {
    std::error_code error;
    if (moved) fs::rename(aside, directory_, error);
    throw;
  }
  return moved ? remove_replaced(aside) : "";
}

}  // namespace steq
