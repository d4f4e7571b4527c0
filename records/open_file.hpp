// SPDX-License-Identifier: MIT
// A file of the operating system; every refusal becomes an IoError with its reason.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>

namespace steq {

/// An open file; the destructor closes it where close() has not.
class OpenFile {
 public:
  /// Opens `path` with the flags of open(2); messages name `name`, or the path where that is empty. Throws IoError.
  OpenFile(const std::string& path, int flags, const std::string& name = "");
  /// Takes an open descriptor. Throws IoError where that is negative.
  OpenFile(int descriptor, std::string name);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int descriptor() const { return descriptor_; }
  struct stat status() const;

  /// Reads at most `size` bytes; 0 at the end of the file.
  std::size_t read(char* bytes, std::size_t size);
  void write(std::string_view bytes);
  /// Waits until the bytes are on the disk.
  void flush();
  void close();

 private:
  [[noreturn]] void refuse(const std::string& what) const;

  std::string name_;
  int descriptor_;
};

}  // namespace steq
