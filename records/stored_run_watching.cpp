// SPDX-License-Identifier: MIT
// What the logs of a run follow, learner by learner and together.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "records/stored_run.hpp"
#include "sim/core/errors.hpp"

namespace steq {

const Watching& StoredRun::own_watching(const std::string& learner) const {
  const auto known = own_watchings_.find(learner);
  return known != own_watchings_.end() ? known->second : own_watchings_[learner] = logs_.watching(learner);
}

bool StoredRun::have_same_weights(const std::string& a, const std::string& b) const {
  const std::vector<std::string> tensors = logs_.tensors(a);
  return tensors == logs_.tensors(b) && std::ranges::all_of(tensors, [&](const std::string& tensor) {
           return logs_.weights(a, tensor) == logs_.weights(b, tensor);
         });
}

std::size_t StoredRun::followed(const std::string& learner, const Watching& watching) const {
  std::size_t followed = 0;
  for (const std::string& tensor : logs_.tensors(learner)) {
    const auto* sample = watching.sample(tensor);
    followed += sample ? sample->size() : logs_.weights(learner, tensor);
  }
  return followed;
}

const Watching& StoredRun::watching(const std::string& learner) const {
  if (const auto known = watchings_.find(learner); known != watchings_.end()) return known->second;
  const Watching& own = own_watching(learner);
  Watching all = own;
  for (const std::string& other : learners_)
    if (other != learner && !own_watching(other).whole() && have_same_weights(learner, other))
      all = common(all, own_watching(other));
  if (followed(learner, all) == 0 && followed(learner, own) > 0)
    throw InputError(place("logs.h5"), fmt::format("/{}: no weight is watched in all learners with the same tensors; "
                                                   "allowed: samples drawn with the same seed",
                                                   learner));
  return watchings_[learner] = std::move(all);
}

}  // namespace steq
