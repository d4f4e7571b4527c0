// SPDX-License-Identifier: MIT
#include "experiments/training/checkpoints.hpp"

#include <fmt/format.h>

#include "records/build_info.hpp"
#include "records/checkpoint.hpp"
#include "records/differences.hpp"

namespace steq {
namespace {

/// A different build may round differently: going on would give bits that no single build gives.
Json build_of(const BuildInfo& build) {
  return {{"steq", build.version}, {"git_commit", build.git_commit},           {"compiler", build.compiler},
          {"flags", build.flags},  {"instruction_set", build.instruction_set}, {"kernels", build.kernels}};
}

void compare(const Json& then, const Json& now, const std::string& place, std::vector<Problem>& problems) {
  const auto text = [](const std::optional<Json>& json) { return json ? shown(*json) : std::string("nothing"); };
  for (const SettingDifference& found : differences(then, now))
    problems.push_back({place + found.path, fmt::format("{} in the checkpoint, {} now; allowed: the same as before",
                                                        text(found.a), text(found.b))});
}

}  // namespace

Checkpoints::Checkpoints(const ExperimentConfig& config, RunDirectory& directory, const CheckpointTimes& times,
                         std::function<void(Archive&)> archive)
    : config_(config), directory_(directory), times_(times), archive_(std::move(archive)) {}

void Checkpoints::after_step(Step step) {
  const std::chrono::duration<double, std::ratio<60>> since = std::chrono::steady_clock::now() - last_;
  const bool by_step = times_.steps > 0 && step % times_.steps == 0;
  const bool by_time = times_.minutes > 0 && since.count() >= times_.minutes;
  if (by_step || by_time) write(step);
}

void Checkpoints::write(Step step) {
  Archive state;
  archive_(state);
  write_checkpoint(directory_.staging(),
                   {.about = {{"step", step}, {"build", build_of(build_info())}, {"config", settings_of(resolved(config_))}},
                    .state = state.bytes()});
  directory_.keep();
  last_ = std::chrono::steady_clock::now();
}

std::string Checkpoints::resume() {
  std::optional<FoundCheckpoint> found = find_checkpoint(directory_.staging());
  if (!found) throw InputError(directory_.staging().string(), "has no checkpoint");
  Archive state(std::move(found->checkpoint.state));
  archive_(state);
  state.finish();
  if (found->remark.empty()) return "";
  return fmt::format("{}; going on from the one before it, step {}", found->remark,
                     shown(found->checkpoint.about.value("step", Json())));
}

void require_resumable(const ExperimentConfig& config, const std::filesystem::path& directory) {
  const std::filesystem::path place = unfinished_run(directory);
  const std::optional<FoundCheckpoint> found = find_checkpoint(place);
  if (!found)
    throw InputError(place.string(),
                     "has no checkpoint; allowed: the directory of a run that was interrupted or cut off");
  std::vector<Problem> problems;
  const Json& about = found->checkpoint.about;
  compare(about.value("config", Json()), settings_of(resolved(config)), "config ", problems);
  compare(about.value("build", Json()), build_of(build_info()), "build ", problems);
  throw_if_any(problems);
}

}  // namespace steq
