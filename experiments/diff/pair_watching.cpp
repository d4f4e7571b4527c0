// SPDX-License-Identifier: MIT
#include "experiments/diff/pair_watching.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

bool fits(const Watching& watching, const StoredRun& run, const std::string& learner) {
  return std::ranges::all_of(watching.samples, [&](const auto& entry) {
    const auto& [tensor, sample] = entry;
    return sample.empty() || sample.back() < run.logs().weights(learner, tensor);
  });
}

/// No update after which both looked, though each did at some.
bool never_at_once(const Watching& both, Step steps_a, const Watching& a, Step steps_b, const Watching& b) {
  return both.every > std::min(steps_a, steps_b) && a.every <= steps_a && b.every <= steps_b;
}

}  // namespace

Watching pair_watching(const StoredRun& run_a, const std::string& a, const StoredRun& run_b, const std::string& b) {
  const Watching &own_a = run_a.own_watching(a), &own_b = run_b.own_watching(b);
  Watching both = common(own_a, own_b);
  const auto refuse = [&](const char* why) {
    throw InputError(fmt::format("{} of {}, {} of {}", a, run_a.place("logs.h5"), b, run_b.place("logs.h5")), why);
  };
  const bool some = run_a.followed(a, own_a) > 0 && run_b.followed(b, own_b) > 0;
  if (some && run_a.followed(a, both) == 0)
    refuse("watch no weight that the other one watches; allowed: samples drawn with the same seed");
  if (never_at_once(both, run_a.steps(a), own_a, run_b.steps(b), own_b))
    refuse(
        "are looked at after no update after which the other one is; allowed: numbers `every` with a small multiple");
  return both;
}

Watching control_watching(const StoredRun& run_a, const std::string& a, const StoredRun& run_b, const std::string& b,
                          const Watching& pair) {
  Watching own = pair_watching(run_a, a, run_b, b);
  Watching narrowed = common(own, pair);
  return fits(narrowed, run_a, a) && fits(narrowed, run_b, b) ? narrowed : own;
}

}  // namespace steq
