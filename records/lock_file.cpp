// SPDX-License-Identifier: MIT
#include "records/lock_file.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "records/files.hpp"
#include "records/host_word.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

constexpr const char* kLockTitle = "steq lock";
constexpr int kMostLockTries = 100;

/// All times are equally long, so that a heartbeat replaces its file's text byte by byte.
std::string time_now() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

}  // namespace

LockFile::LockFile(const std::string& path) : path_(path) {
  int descriptor = -1, tries = 0;
  do {  // again only where others had made it and removed it in between
    descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    is_new_ = descriptor >= 0;
    if (is_new_ || errno != EEXIST) break;
    descriptor = ::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  } while (descriptor < 0 && errno == ENOENT && ++tries < kMostLockTries);
  file_ = std::make_unique<OpenFile>(descriptor, path);
}

bool LockFile::is_still_there() const {
  struct stat now {};
  const struct stat opened = file_->status();
  return ::stat(path_.c_str(), &now) == 0 && now.st_dev == opened.st_dev && now.st_ino == opened.st_ino;
}

int LockFile::try_lock() const { return ::flock(file_->descriptor(), LOCK_EX | LOCK_NB) == 0 ? 0 : errno; }

void LockFile::write_holder(bool locked) {
  const std::string now = time_now();
  holder_ = {{kLockTitle, 1}, {"host", host_name()}, {"pid", ::getpid()},
             {"since", now},  {"heartbeat", now},    {"locked", locked}};
  try {
    if (::ftruncate(file_->descriptor(), 0) != 0)
      throw IoError(path_, std::string("cannot write: ") + std::strerror(errno));
    file_->write(file_text(holder_));
  } catch (const IoError&) {
    remove();
    throw;
  }
}

void LockFile::beat() const noexcept {
  try {
    Json holder = holder_;  // which other threads may read
    holder["heartbeat"] = time_now();
    const std::string text = file_text(holder);
    if (::pwrite(file_->descriptor(), text.data(), text.size(), 0) > 0) ::fdatasync(file_->descriptor());
  } catch (const std::exception&) {  // no memory
  }
}

bool LockFile::is_taken_over() const noexcept {
  try {
    const Json now = lock_holder(path_);
    return !now.empty() && std::ranges::any_of(std::array{"host", "pid", "since"}, [&](const char* key) {
      return now.value(key, Json()) != holder_.value(key, Json());
    });
  } catch (const std::exception&) {  // what cannot be read names nobody
    return false;
  }
}

void LockFile::remove() const noexcept { ::unlink(path_.c_str()); }

Json lock_holder(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return Json::object();
  const std::string text = read_file(path);
  if (text.empty()) return Json::object();
  Json holder = Json::parse(text, nullptr, false);
  if (!holder.is_object() || !holder.contains(kLockTitle))
    throw InputError(path, "is no lock file of steq; allowed: another --out, or another name for that file");
  return holder;
}

std::optional<std::chrono::seconds> silence_of(const Json& holder) {
  const Json heartbeat = holder.value("heartbeat", Json());
  std::tm time{};
  if (!heartbeat.is_string() || !::strptime(heartbeat.get<std::string>().c_str(), "%Y-%m-%dT%H:%M:%SZ", &time))
    return std::nullopt;
  return std::chrono::seconds(std::time(nullptr) - ::timegm(&time));
}

std::string text_of(const Json& holder) {
  const auto text = [&](const char* key) {
    const Json value = holder.value(key, Json());
    return value.is_string() ? value.get<std::string>() : shown(value);
  };
  if (holder.empty()) return "";
  const auto silence = silence_of(holder);
  return fmt::format("{} on {}, since {}{}", text("pid"), text("host"), text("since"),
                     silence ? fmt::format(", last heard of {} s ago", silence->count()) : "");
}

bool is_locked(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return false;
  const std::string inode = fmt::format(":{} ", status.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);)
    if (line.find("FLOCK") != line.npos && line.find(inode) != line.npos) return true;
  return false;
}

}  // namespace steq
