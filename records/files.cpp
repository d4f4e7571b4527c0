// SPDX-License-Identifier: MIT
#include "records/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

/// An open file; closed by the destructor if not before.
class File {
 public:
  File(const std::string& path, int flags) : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0) refuse("cannot open");
  }
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  /// At most `size` bytes; 0 at the end of the file.
  std::size_t read(char* bytes, std::size_t size) {
    ssize_t count;
    do count = ::read(descriptor_, bytes, size);
    while (count < 0 && errno == EINTR);
    if (count < 0) refuse("cannot read");
    return static_cast<std::size_t>(count);
  }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) refuse("cannot write");
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void flush() {
    if (::fsync(descriptor_) != 0) refuse("cannot write");
  }

  void close() {
    if (::close(std::exchange(descriptor_, -1)) != 0) refuse("cannot write");
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const { throw IoError(path_, what + ": " + std::strerror(errno)); }

  std::string path_;
  int descriptor_;
};

}  // namespace

std::string read_file(const std::string& path) {
  File file(path, O_RDONLY);
  std::string bytes;
  char buffer[1 << 16];
  while (const std::size_t count = file.read(buffer, sizeof buffer)) bytes.append(buffer, count);
  return bytes;
}

void write_file_atomically(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".tmp";
  try {
    File file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    file.write(bytes);
    file.flush();
    file.close();
    if (std::rename(temporary.c_str(), path.c_str()) != 0)
      throw IoError(path, std::string("cannot write: ") + std::strerror(errno));
  } catch (const IoError&) {
    ::unlink(temporary.c_str());
    throw;
  }
}

}  // namespace steq
