// SPDX-License-Identifier: MIT
#include "sim/nn/loss.hpp"

// One line for each loss: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_LOSSES(entry) \
  entry(cross_entropy)     \
  entry(distillation)      \
  entry(hinge)
// clang-format on

namespace steq {
namespace losses {
#define STEQ_DECLARE(name) LossRegistry::Entry name();
STEQ_LOSSES(STEQ_DECLARE)
}  // namespace losses

const LossRegistry& loss_registry() {
#define STEQ_ENTRY(name) losses::name(),
  static const LossRegistry registry("loss", {STEQ_LOSSES(STEQ_ENTRY)});
  return registry;
}

bool needs_teacher(const std::string& loss) {
  const auto* entry = loss_registry().find(loss);
  return entry && entry->info.needs == kTeacher;
}

const Loss& cross_entropy_loss() {
  static const std::unique_ptr<Loss> loss = loss_registry().make({"cross-entropy", {}}, "loss");
  return *loss;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
