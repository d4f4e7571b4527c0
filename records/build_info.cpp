// SPDX-License-Identifier: MIT
#include "records/build_info.hpp"

#include "git_commit.hpp"
#include "sim/nn/kernels/kernels.hpp"

namespace steq {
namespace {

std::string compiler() {
#if defined(__clang__)
  return "Clang " __clang_version__;
#else
  return "GCC " __VERSION__;
#endif
}

std::string instruction_set() {
  if (!STEQ_NATIVE) return "portable (x86-64-v2)";
#if defined(__AVX512F__)
  return "native (AVX-512)";
#elif defined(__AVX2__)
  return "native (AVX2)";
#elif defined(__AVX__)
  return "native (AVX)";
#else
  return "native";
#endif
}

}  // namespace

BuildInfo build_info() {
  return {.version = STEQ_VERSION,
          .git_commit = STEQ_GIT_COMMIT,
          .compiler = compiler(),
          .flags = STEQ_FLAGS,
          .instruction_set = instruction_set(),
          .kernels = kernel_library(true)};
}

}  // namespace steq
