// SPDX-License-Identifier: MIT
#include "theory/laws/law.hpp"

// One line for each law: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_LAWS(entry)           \
  entry(posterior_sign)            \
  entry(local_reparametrization)   \
  entry(expectation_backprop)      \
  entry(relaxed_shares)            \
  entry(random_rounding)           \
  entry(dorefa_gradients)          \
  entry(sign_angle)
// clang-format on

namespace steq {
namespace laws {
#define STEQ_DECLARE(name) LawRegistry::Entry name();
STEQ_LAWS(STEQ_DECLARE)
}  // namespace laws

const LawRegistry& law_registry() {
#define STEQ_ENTRY(name) laws::name(),
  static const LawRegistry registry("law", {STEQ_LAWS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
