// SPDX-License-Identifier: MIT
// Compiled as the rest of the program is: the compiler's macros tell for which processors that was.
#include "experiments/processor/features.hpp"

namespace steq {
namespace {

/// "1" where `text`, a macro's name, was replaced by its value.
constexpr bool is_defined(const char* text) { return text[0] == '1'; }

}  // namespace

#define STEQ_TEXT(macro) #macro
#define STEQ_NEEDS(member, macro, name) .member = is_defined(STEQ_TEXT(macro)),
#define STEQ_EXPANDED(member, macro, name) STEQ_NEEDS(member, macro, name)
constinit const NeededFeatures kNeededFeatures{STEQ_PROCESSOR_FEATURES(STEQ_EXPANDED)};

}  // namespace steq
