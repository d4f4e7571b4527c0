// SPDX-License-Identifier: MIT
// Compiled for any x86-64 processor, whatever the rest is compiled for.
#include <unistd.h>

#include <cstring>

#include "experiments/processor/features.hpp"

namespace steq {
namespace {

constexpr int kCannotRun = 3;

void say(const char* text) {
  if (::write(STDERR_FILENO, text, std::strlen(text)) < 0) ::_exit(kCannotRun);
}

[[noreturn]] void refuse(const char* feature) {
  say("steq: this processor has no ");
  say(feature);
  say(", which this build needs; allowed: a build made on this machine, or with the preset portable\n");
  ::_exit(kCannotRun);
}

/// Before all other initializers, which may use what the processor does not have.
[[gnu::constructor(101)]] void check_processor() {
  __builtin_cpu_init();
#define STEQ_CHECK_FEATURE(member, macro, name) \
  if (kNeededFeatures.member && !__builtin_cpu_supports(name)) refuse(name);
  STEQ_PROCESSOR_FEATURES(STEQ_CHECK_FEATURE)
#undef STEQ_CHECK_FEATURE
}

}  // namespace

void link_processor_check() {}

}  // namespace steq
