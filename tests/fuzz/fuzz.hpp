// SPDX-License-Identifier: MIT
// What the fuzz targets share. Bad input may end in InputError and in nothing else: any other exception, signal or leak
// is a finding.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "sim/core/errors.hpp"

namespace steq::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Runs `work`, which may refuse.
template <class Work>
void accept_or_refuse(const Work& work) {
  try {
    work();
  } catch (const InputError&) {
  }
}

/// Ends the program where what must hold does not.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

/// A directory of this process, gone when it ends by itself.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("steq-fuzz-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream(file(name), std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file(name);
  }

 private:
  std::filesystem::path path_;
};

inline const Folder& folder() {
  static const Folder one;
  return one;
}

}  // namespace steq::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
