// SPDX-License-Identifier: MIT
#include "records/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "records/open_file.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".steq-", kSuffix = ".tmp";
constexpr int kMostLinks = 40;     // as the kernel allows
constexpr int kLastOwnStream = 9;  // descriptors that a shell can hand over by number

using Status = struct stat;

std::optional<Status> status_of(const std::string& path) {
  Status status{};
  return ::stat(path.c_str(), &status) == 0 ? std::optional(status) : std::nullopt;
}

bool is_open_as(int stream, const Status& file) {
  Status status{};
  return ::fstat(stream, &status) == 0 && status.st_dev == file.st_dev && status.st_ino == file.st_ino;
}

/// A copy of the descriptor through which this process already writes to that file; negative where there is none.
/// Opening the file anew would start at its beginning, and replacing it would leave the open one behind.
int own_stream(const Status& file) {
  for (int stream = STDOUT_FILENO; stream <= kLastOwnStream; ++stream) {
    const int flags = ::fcntl(stream, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && is_open_as(stream, file))
      return ::fcntl(stream, F_DUPFD_CLOEXEC, kLastOwnStream + 1);
  }
  return -1;
}

/// Into what is there, from its beginning.
void write_in_place(const std::string& path, std::string_view bytes) {
  OpenFile file(path, O_WRONLY | O_TRUNC);
  file.write(bytes);
  if (S_ISREG(file.status().st_mode)) file.flush();
  file.close();
}

/// A file beside `target` that has no other's name, with the mode and owner of `old`. It is removed again unless it
/// takes the place of the target.
class Replacement {
 public:
  explicit Replacement(const std::string& target)
      : target_(target), file_(make(fs::path(target).parent_path()), target) {}
  ~Replacement() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void be_like(const Status& old) {
    [[maybe_unused]] const int kept = ::fchown(file_.descriptor(), old.st_uid, old.st_gid);  // only root may, mostly
    ::fchmod(file_.descriptor(), old.st_mode & 07777);
  }

  void write(std::string_view bytes) {
    file_.write(bytes);
    file_.flush();
    file_.close();
  }

  /// False where the target cannot be renamed to, because it is mounted.
  bool take_place() {
    if (std::rename(path_.c_str(), target_.c_str()) == 0) return path_.clear(), true;
    if (errno == EBUSY || errno == EXDEV) return false;
    throw IoError(target_, std::string("cannot write: ") + std::strerror(errno));
  }

 private:
  int make(const fs::path& folder) {
    static std::atomic<unsigned> count{0};
    int descriptor;
    do {
      path_ = (folder / fmt::format("{}{}-{}{}", kPrefix, ::getpid(), ++count, kSuffix)).string();
      descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor < 0 && errno == EEXIST);
    if (descriptor < 0) path_.clear();
    return descriptor;
  }

  std::string target_, path_;
  OpenFile file_;
};

bool may_make_files_beside(const std::string& target) {
  const fs::path folder = fs::path(target).parent_path();
  return ::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
}

}  // namespace

std::string read_file(const std::string& path) {
  OpenFile file(path, O_RDONLY);
  std::string bytes;
  char buffer[1 << 16];
  while (const std::size_t count = file.read(buffer, sizeof buffer)) bytes.append(buffer, count);
  return bytes;
}

void write_file_atomically(const std::string& path, std::string_view bytes) {
  const std::optional<Status> old = status_of(path);
  if (old) {
    if (const int stream = own_stream(*old); stream >= 0) return OpenFile(stream, path).write(bytes);
    if (!S_ISREG(old->st_mode)) return write_in_place(path, bytes);
  }
  const std::string target = behind_links(path).string();
  if (old && !may_make_files_beside(target)) return write_in_place(target, bytes);
  Replacement replacement(target);
  if (old) replacement.be_like(*old);
  replacement.write(bytes);
  if (!replacement.take_place()) write_in_place(target, bytes);
}

bool is_standard_output(const std::string& path) {
  const std::optional<Status> file = status_of(path);
  return file && is_open_as(STDOUT_FILENO, *file);
}

fs::path behind_links(const fs::path& path) {
  std::error_code error;
  fs::path at = path;
  for (int link = 0; link < kMostLinks && fs::is_symlink(fs::symlink_status(at, error)); ++link)
    at = at.parent_path() / fs::read_symlink(at, error);  // an absolute target stands for itself
  return at;
}

bool is_temporary(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(kPrefix) && name.ends_with(kSuffix);
}

}  // namespace steq
