// SPDX-License-Identifier: MIT
#include "records/directory_lock.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>

#include "records/heartbeat.hpp"
#include "records/host_word.hpp"
#include "records/lock_file.hpp"
#include "records/lock_reach.hpp"
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
  const std::string who = holder.empty() ? "" : fmt::format(" ({})", text_of(holder));
  throw BusyError(fmt::format("{}: another process{} is writing it; {}", directory.string(), who, advice));
}

bool is_here(const Json& holder) { return holder.value("host", Json()) == host_name(); }

constexpr const char* kWait = "wait until it has ended, or stop it";
constexpr int kMostTries = 100;

}  // namespace

class DirectoryLock::Held {
 public:
  Held(const fs::path& directory, const fs::path& file, const LockRules& rules)
      : directory_(directory), path_(file.string()), rules_(rules), word_(word_for(directory)) {
    if (word_.state() == HostWord::State::taken) refuse_busy(directory_, lock_holder(path_), kWait);
    open();
    lock_->write_holder(locked_);
    if (expired_) settle();
    heartbeat_.emplace(rules_.beat, [this] { return beat(); });
  }
  ~Held() {
    heartbeat_.reset();
    if (!lock_->is_taken_over()) lock_->remove();  // before the locks go
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  const std::string& remark() const { return remark_; }
  bool is_lost() const { return lost_; }

  void require_held() {
    if (lost_ || lock_->is_taken_over())
      refuse_busy(directory_, lock_holder(path_),
                  "it took this over, as nothing was heard of this process for so long");
  }

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

  /// The file was there before: somebody was killed, or holds it without a lock that we see. A holder on this machine is
  /// gone if we have its word; one elsewhere is known by its lock, where that reaches us, else by its signs of life.
  void check_left_behind() {
    const Json left = lock_holder(path_);
    const bool unlocked = locked_ && left.value("locked", Json(true)) == true;
    const bool gone = word_.state() == HostWord::State::held && is_here(left);
    const auto silence = is_here(left) ? std::nullopt : silence_of(left);
    if (gone || (unlocked && (!silence || locks_reach_all()))) return;
    if (!silence) refuse_busy(directory_, left, fmt::format("where it has ended, remove {}", path_));
    if (*silence < rules_.expiry)
      refuse_busy(directory_, left,
                  fmt::format("wait until it has ended, or {} s after it was last heard of",
                              std::chrono::ceil<std::chrono::seconds>(rules_.expiry).count()));
    expired_ = true;
  }

  bool locks_reach_all() const {
    return rules_.locks_reach_all.value_or(steq::locks_reach_all(fs::path(path_).parent_path().string()));
  }

  /// Two that find the same dead holder both write their names; the one who wrote last has it.
  void settle() {
    std::this_thread::sleep_for(rules_.settling);
    if (!lock_->is_taken_over()) return;
    refuse_busy(directory_, lock_holder(path_), kWait);
  }

  /// False where there is nothing to give a sign of life for.
  bool beat() {
    lost_ = lock_->is_taken_over();
    if (!lost_) lock_->beat();
    return !lost_;
  }

  fs::path directory_;
  std::string path_;
  LockRules rules_;
  HostWord word_;
  std::optional<LockFile> lock_;
  bool locked_ = false, expired_ = false;
  std::string remark_;
  std::atomic<bool> lost_ = false;
  std::optional<Heartbeat> heartbeat_;
};

DirectoryLock::DirectoryLock(const fs::path& directory, const fs::path& file, const LockRules& rules)
    : held_(std::make_unique<Held>(directory, file, rules)) {}
DirectoryLock::~DirectoryLock() = default;
DirectoryLock::DirectoryLock(DirectoryLock&&) noexcept = default;
DirectoryLock& DirectoryLock::operator=(DirectoryLock&&) noexcept = default;

const std::string& DirectoryLock::remark() const { return held_->remark(); }
bool DirectoryLock::is_lost() const { return held_->is_lost(); }
void DirectoryLock::require_held() const { held_->require_held(); }

std::string living_holder(const fs::path& directory, const fs::path& file) {
  const Json holder = lock_holder(file.string());
  const auto silence = silence_of(holder);
  const bool lives = is_here(holder) || !silence ? is_taken(word_for(directory)) : *silence < LockRules{}.expiry;
  return lives ? text_of(holder) : "";
}

}  // namespace steq
