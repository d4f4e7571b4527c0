// SPDX-License-Identifier: MIT
#include "records/watching_text.hpp"

#include <fmt/format.h>

namespace steq {

std::string watching_text(const StoredRun& run, const std::string& learner, const Watching& watching) {
  if (watching.whole()) return "";
  const std::size_t followed = run.followed(learner, watching), all = run.followed(learner, {});
  const std::string when = watching.every > 1 ? fmt::format(", after every {} updates", watching.every) : "";
  if (followed == all) return fmt::format("Levels are those of all {} weights{}.", all, when);
  return fmt::format("Levels are those of a sample: {} of {} weights{}.", followed, all, when);
}

}  // namespace steq
