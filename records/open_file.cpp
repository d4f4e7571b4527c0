// SPDX-License-Identifier: MIT
#include "records/open_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "sim/core/errors.hpp"

namespace steq {

OpenFile::OpenFile(const std::string& path, int flags, const std::string& name)
    : OpenFile(::open(path.c_str(), flags | O_CLOEXEC, 0666), name.empty() ? path : name) {}

OpenFile::OpenFile(int descriptor, std::string name) : name_(std::move(name)), descriptor_(descriptor) {
  if (descriptor_ < 0) refuse("cannot open");
}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

struct stat OpenFile::status() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) refuse("cannot look at it");
  return status;
}

std::size_t OpenFile::read(char* bytes, std::size_t size) {
  ssize_t count;
  do count = ::read(descriptor_, bytes, size);
  while (count < 0 && errno == EINTR);
  if (count < 0) refuse("cannot read");
  return static_cast<std::size_t>(count);
}

void OpenFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse("cannot write");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void OpenFile::flush() {
  if (::fsync(descriptor_) != 0) refuse("cannot write");
}

void OpenFile::close() {
  if (::close(std::exchange(descriptor_, -1)) != 0) refuse("cannot write");
}

void OpenFile::refuse(const std::string& what) const { throw IoError(name_, what + ": " + std::strerror(errno)); }

}  // namespace steq
