// SPDX-License-Identifier: MIT
#include "records/build_info.hpp"

#include <filesystem>
#include <fstream>
#include <vector>

#include "git_commit.hpp"
#include "sim/core/math_library.hpp"
#include "sim/core/parameters.hpp"
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
  if (!STEQ_NATIVE) return "portable (" STEQ_ARCH ")";
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

std::string line_of(const std::filesystem::path& file) {
  std::string line;
  std::getline(std::ifstream(file) >> std::ws, line);
  return line;
}

/// Of the first core, so that all runs on a machine whose cores differ say the same.
std::string caches() {
  if (!kernels_plan_by_caches()) return "not used";
  std::vector<std::string> all;
  const std::filesystem::path folder = "/sys/devices/system/cpu/cpu0/cache";
  for (int i = 0;; ++i) {
    const std::filesystem::path cache = folder / ("index" + std::to_string(i));
    const std::string level = line_of(cache / "level"), size = line_of(cache / "size");
    if (level.empty() || size.empty()) break;
    if (line_of(cache / "type") != "Instruction") all.push_back("L" + level + " " + size);
  }
  return all.empty() ? "unknown" : join(all);
}

}  // namespace

BuildInfo build_info() {
  return {.version = STEQ_VERSION,
          .git_commit = STEQ_GIT_COMMIT,
          .compiler = compiler(),
          .flags = STEQ_FLAGS,
          .instruction_set = instruction_set(),
          .kernels = kernel_library(true),
          .kernel_instructions = kernel_instructions(),
          .caches = caches(),
          .math_library = math_library()};
}

Json build_json() {
  const BuildInfo build = build_info();
  return {{"steq", build.version},
          {"git_commit", build.git_commit},
          {"compiler", build.compiler},
          {"flags", build.flags},
          {"instruction_set", build.instruction_set},
          {"kernels", build.kernels},
          {"kernel_instructions", build.kernel_instructions},
          {"caches", build.caches},
          {"math_library", build.math_library}};
}

}  // namespace steq
