// SPDX-License-Identifier: MIT
// Extensions of x86-64 that a compiler uses where it may.
#pragma once

// One line for each: its name here, the compiler's macro, and its name in messages.
// clang-format off
#define STEQ_PROCESSOR_FEATURES(entry)          \
  entry(sse4_2, __SSE4_2__, "sse4.2")           \
  entry(popcnt, __POPCNT__, "popcnt")           \
  entry(avx, __AVX__, "avx")                    \
  entry(avx2, __AVX2__, "avx2")                 \
  entry(fma, __FMA__, "fma")                    \
  entry(bmi, __BMI__, "bmi")                    \
  entry(bmi2, __BMI2__, "bmi2")                 \
  entry(avx512f, __AVX512F__, "avx512f")        \
  entry(avx512cd, __AVX512CD__, "avx512cd")     \
  entry(avx512bw, __AVX512BW__, "avx512bw")     \
  entry(avx512dq, __AVX512DQ__, "avx512dq")     \
  entry(avx512vl, __AVX512VL__, "avx512vl")     \
  entry(avx512vnni, __AVX512VNNI__, "avx512vnni")
// clang-format on

namespace steq {

/// Whether the rest of the program was compiled for processors that have it.
struct NeededFeatures {
#define STEQ_DECLARE_FEATURE(member, macro, name) bool member;
  STEQ_PROCESSOR_FEATURES(STEQ_DECLARE_FEATURE)
#undef STEQ_DECLARE_FEATURE
};
extern const NeededFeatures kNeededFeatures;

/// Does nothing. Who calls it has the check of the processor linked in, which runs before everything else and ends the
/// program, with a message, where the processor lacks a feature.
void link_processor_check();

}  // namespace steq
