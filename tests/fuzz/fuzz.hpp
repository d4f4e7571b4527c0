// SPDX-License-Identifier: MIT
// What the fuzz targets share. Bad input may end in InputError and in nothing else: any other exception, signal or leak
// is a finding.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

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
class Folder : public testing::TemporaryDirectory {
 public:
  std::string write(const std::string& name, std::string_view bytes) const {
    testing::put(path() / name, std::string(bytes));
    return file(name);
  }
};

inline const Folder& folder() {
  static const Folder one;
  return one;
}

}  // namespace steq::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
