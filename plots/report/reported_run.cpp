// SPDX-License-Identifier: MIT
#include "plots/report/reported_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/pairs.hpp"
#include "records/comparison_json.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq {
namespace {

/// Throws InputError where tables and verdicts could not be made of the comparisons of a summary.json.
const Json& checked(const Json& comparisons, const std::filesystem::path& file) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const Json& c = comparisons[i];
    const auto has = [&](const char* key, bool (Json::*is)() const noexcept) {
      return c.is_object() && c.contains(key) && (c[key].*is)();
    };
    bool good = has("metrics", &Json::is_object) && c.contains("first_divergence");
    for (const char* key : {"a", "b", "map", "kind"}) good = good && has(key, &Json::is_string);
    if (!good) problems.push_back({file.string(), fmt::format("comparisons[{}] is not what steq run writes", i)});
  }
  throw_if_any(problems);
  return comparisons;
}

}  // namespace

ReportedRun::ReportedRun(const std::filesystem::path& directory, ReportFacts facts)
    : stored_(directory), facts_(std::move(facts)) {
  const Json& summary = stored_.summary();
  const bool known = summary.is_object() && summary.contains("comparisons");
  comparisons_ = known ? checked(summary["comparisons"], directory / "summary.json") : measured_comparisons();
}

const Json& ReportedRun::main_pair() const {
  static const Json none;
  const auto place = main_pair_place(pairs_of(comparisons_));
  return place ? comparisons_[*place] : none;
}

const LearnerTrace& ReportedRun::learner(const std::string& name) const {
  auto& learner = learners_[name];
  if (!learner) learner = std::make_unique<StoredLearner>(stored_, name);
  return learner->trace();
}

Json ReportedRun::measured_comparisons() const {
  Json comparisons = Json::array();
  for (const Pair& pair : pairs(stored_)) try {
      const LearnerTrace &a = learner(pair.a), &b = learner(pair.b);
      comparisons.push_back({{"a", a.name},
                             {"b", b.name},
                             {"map", "identity"},
                             {"kind", pair.kind},
                             {"weights", weight_count(a)},
                             {"metrics", metrics_json(Comparison(a, b, [](const Grid&, double w) { return w; }))},
                             {"first_divergence", divergence_json(a, b)}});
    } catch (const DomainError&) {
      continue;  // learners of different networks
    }
  return comparisons;
}

void label_by_directory(const Runs& runs) {
  const auto path_of = [](const ReportedRun& run) {
    const auto path = std::filesystem::absolute(run.stored().directory()).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
  };
  std::filesystem::path common = path_of(*runs.front()).parent_path();
  const auto within = [&](const auto& run) {
    return path_of(*run).lexically_relative(common).begin()->string() != "..";
  };
  while (!std::ranges::all_of(runs, within)) common = common.parent_path();
  for (const auto& run : runs) run->set_label(path_of(*run).lexically_relative(common).string());
}

std::string pair_name(const Json& comparison) {
  return fmt::format("{} / {}", comparison.at("a").get<std::string>(), comparison.at("b").get<std::string>());
}

}  // namespace steq
