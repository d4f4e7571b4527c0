// SPDX-License-Identifier: MIT
#include "experiments/training/checkpoints.hpp"

#include <fmt/format.h>

namespace steq {

Checkpoints::Checkpoints(Json facts, RunDirectory& directory, const CheckpointTimes& times,
                         std::function<void(Archive&)> archive)
    : facts_(std::move(facts)), directory_(directory), times_(times), archive_(std::move(archive)) {}

void Checkpoints::after_step(Step step) {
  const std::chrono::duration<double, std::ratio<60>> since = std::chrono::steady_clock::now() - last_;
  const bool by_step = times_.steps > 0 && step % times_.steps == 0;
  const bool by_time = times_.minutes > 0 && since.count() >= times_.minutes;
  if (by_step || by_time) write(step);
}

void Checkpoints::write(Step step) {
  Archive state;
  archive_(state);
  Json about = facts_;
  about["step"] = step;
  write_checkpoint(directory_.staging(), {.about = std::move(about), .state = state.bytes()});
  newest_ = step;
  if (step > 0) directory_.keep();
  last_ = std::chrono::steady_clock::now();
}

std::string Checkpoints::resume(FoundCheckpoint found) {
  Archive state(std::move(found.checkpoint.state));
  archive_(state);
  state.finish();
  newest_ = found.checkpoint.about.value("step", Step{0});
  if (found.remark.empty()) return "";
  return fmt::format("{}; going on from the one before it, step {}", found.remark, newest_);
}

}  // namespace steq
