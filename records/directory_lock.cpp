// SPDX-License-Identifier: MIT
#include "records/directory_lock.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <thread>

#include "records/host_word.hpp"
#include "records/lock_file.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// Names `path` to every process of this machine alike, whatever links or mounts lead there.
std::string word_for(const fs::path& path) {
  struct stat folder {};
  if (::stat(path.parent_path().c_str(), &folder) != 0) return path.string();
  return fmt::format("{} {} {}", folder.st_dev, folder.st_ino, path.filename().string());
}

[[noreturn]] void refuse_busy(const fs::path& directory, const Json& holder, const std::string& advice) {
  const auto text = [&](const char* key) {
    const Json value = holder.value(key, Json());
    return value.is_string() ? value.get<std::string>() : shown(value);
  };
  const std::string who =
      holder.empty() ? "" : fmt::format(" ({} on {}, since {})", text("pid"), text("host"), text("since"));
  throw BusyError(fmt::format("{}: another process{} is writing it; {}", directory.string(), who, advice));
}

constexpr const char* kWait = "wait until it has ended, or stop it";
constexpr int kMostTries = 100;

}  // namespace

class DirectoryLock::Held {
 public:
  Held(const fs::path& directory, const fs::path& file)
      : directory_(directory), path_(file.string()), word_(word_for(directory)) {
    if (word_.state() == HostWord::State::taken) refuse_busy(directory_, lock_holder(path_), kWait);
    open();
    lock_->write_holder(locked_);
  }
  ~Held() { lock_->remove(); }  // before the locks go
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  const std::string& remark() const { return remark_; }

 private:
  /// Others may remove the file between its opening and its lock, but not for ever.
  void open() {
    for (int tries = 0; tries < kMostTries; ++tries) {
      if (tries > 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
      lock_.emplace(path_);
      if (take()) return;
    }
    throw IoError(path_, fmt::format("cannot be kept: opened {} times, it was removed each time", kMostTries));
  }

  /// False where the file has to be opened again.
  bool take() {
    const int error = lock_->try_lock();
    if (error == EWOULDBLOCK) refuse_busy(directory_, lock_holder(path_), kWait);
    if (!lock_->is_still_there()) return false;
    locked_ = error == 0;
    if (!locked_)
      remark_ = fmt::format("{}: this file system has no locks ({}); the file keeps other machines away by being there",
                            path_, std::strerror(error));
    if (!lock_->is_new()) check_left_behind();
    return true;
  }

  /// The file was there before: somebody was killed, or holds it without a lock. A holder on this machine is gone if we
  /// have its word; of one elsewhere nothing can be known.
  void check_left_behind() const {
    const Json left = lock_holder(path_);
    const bool unlocked = locked_ && left.value("locked", Json(true)) == true;
    const bool gone = word_.state() == HostWord::State::held && left.value("host", Json()) == host_name();
    if (!unlocked && !gone) refuse_busy(directory_, left, fmt::format("where it has ended, remove {}", path_));
  }

  fs::path directory_;
  std::string path_;
  HostWord word_;
  std::optional<LockFile> lock_;
  bool locked_ = false;
  std::string remark_;
};

DirectoryLock::DirectoryLock(const fs::path& directory, const fs::path& file)
    : held_(std::make_unique<Held>(directory, file)) {}
DirectoryLock::~DirectoryLock() = default;
DirectoryLock::DirectoryLock(DirectoryLock&&) noexcept = default;
DirectoryLock& DirectoryLock::operator=(DirectoryLock&&) noexcept = default;

const std::string& DirectoryLock::remark() const { return held_->remark(); }

}  // namespace steq
