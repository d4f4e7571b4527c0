// SPDX-License-Identifier: MIT
#include "experiments/diff/run_diff.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace steq {
namespace {

RunLabel label_of(const StoredRun& run) {
  const Json& summary = run.summary();
  const bool told = summary.is_object() && summary.contains("status") && summary["status"].is_string();
  return {run.directory().string(), run.name(), told ? summary["status"].get<std::string>() : "", run.known_steps()};
}

/// Names of the parts that are the same (or differ) in some pair, each once.
std::vector<std::string> parts_that(const RunDiff& diff, bool same) {
  std::vector<std::string> names;
  for (const PairDiff& pair : diff.pairs)
    for (const SamePart& part : pair.parts)
      if (part.same == same && std::ranges::find(names, part.name) == names.end()) names.push_back(part.name);
  return names;
}

std::string how_many(std::size_t count, const char* thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

bool differs(const PairDiff& pair) {
  return std::ranges::any_of(pair.parts, [](const SamePart& part) { return part.same == false; });
}

std::string sameness_sentence(const RunDiff& diff) {
  const std::vector<std::string> same = parts_that(diff, true), different = parts_that(diff, false);
  const auto differing = static_cast<std::size_t>(std::ranges::count_if(diff.pairs, differs));
  if (differing > 0)
    return fmt::format("Different: {} of {}, in {}.", how_many(differing, "learner"), diff.pairs.size(),
                       join(different));
  if (same.empty()) return "Nothing that both recorded could be compared.";
  const std::string which = fmt::format("{}, in {}", how_many(diff.pairs.size(), "learner"), join(same));
  if (diff.same()) return fmt::format("Identical: {}.", which);
  return fmt::format("Different runs, but the learners compared are identical{}: {}.",
                     diff.until() ? fmt::format(" up to step {}", *diff.until()) : "", which);
}

std::string divergence_sentence(const RunDiff& diff) {
  const PairDiff* pair = diff.first_to_part();
  if (std::ranges::none_of(diff.pairs, &PairDiff::shares_levels))
    return " Levels were not compared: the learners have none, or not equally many.";
  if (!pair) return diff.same() ? "" : " No weight is ever on different levels.";
  const FirstDivergence& first = pair->divergence->first;
  return fmt::format(" They diverge at step {}: {}, {}, weight {}.", first.step, pair->name(), first.tensor,
                     first.weight);
}

std::string floor_sentence(const RunDiff& diff) {
  if (std::ranges::none_of(diff.pairs, differs)) return "";
  if (std::ranges::none_of(diff.pairs, [](const PairDiff& pair) { return has(pair.controls, PairKind::jitter); }))
    return " No jitter control was run, so that nothing says how much difference means nothing.";
  const std::size_t beyond = diff.beyond_floor();
  if (beyond == 0) return " No metric is farther off than in the jitter control.";
  return fmt::format(" {} farther off than in the jitter control.",
                     beyond == 1 ? "1 metric is" : fmt::format("{} metrics are", beyond));
}

std::string diverged_copy_sentence(const RunDiff& diff) {
  for (const PairDiff& pair : diff.pairs)
    for (const Control& control : pair.controls)
      if (control.kind == PairKind::identical && control.diverged)
        return fmt::format(" The identical copies {} and {} of {} diverged: nothing here can be trusted.", control.a,
                           control.b, control.run);
  return "";
}

}  // namespace

bool RunDiff::same() const {
  return only_a.empty() && only_b.empty() &&
         std::ranges::all_of(pairs, [](const PairDiff& pair) { return pair.same(); });
}

std::optional<Step> RunDiff::until() const {
  std::optional<Step> first;
  for (const PairDiff& pair : pairs)
    if (pair.until) first = std::min(first.value_or(pair.until->step), pair.until->step);
  return first;
}

const PairDiff* RunDiff::first_to_part() const {
  const PairDiff* first = nullptr;
  for (const PairDiff& pair : pairs)
    if (pair.divergence && (!first || pair.divergence->first.step < first->divergence->first.step)) first = &pair;
  return first;
}

std::size_t RunDiff::beyond_floor() const {
  std::ptrdiff_t count = 0;
  for (const PairDiff& pair : pairs)
    count += std::ranges::count_if(pair.metrics, [](const MetricDiff& m) { return m.beyond_floor() == true; });
  return static_cast<std::size_t>(count);
}

RunDiff run_diff(const RunPair& runs) {
  RunDiff diff{.a = label_of(runs.a),
               .b = label_of(runs.b),
               .only_a = runs.only_a,
               .only_b = runs.only_b,
               .settings = config_differences(runs.a.any_config(), runs.b.any_config()),
               .build = build_differences(runs.a.manifest(), runs.b.manifest()),
               .pairs = {},
               .remarks = {}};
  const std::vector<Control> controls = controls_of(runs, {});
  for (const auto& learners : runs.learners) {
    const PairDiff& pair = diff.pairs.emplace_back(pair_diff(runs, learners, controls));
    diff.settings.insert(diff.settings.end(), pair.settings.begin(), pair.settings.end());
  }
  diff.remarks = runs.a.remarks();
  if (!runs.same_directory) std::ranges::copy(runs.b.remarks(), std::back_inserter(diff.remarks));
  return diff;
}

std::string verdict(const RunDiff& diff) {
  return sameness_sentence(diff) + divergence_sentence(diff) + floor_sentence(diff) + diverged_copy_sentence(diff);
}

}  // namespace steq
