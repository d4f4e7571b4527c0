// SPDX-License-Identifier: MIT
#include "plots/report/reported_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/pairs.hpp"
#include "records/comparison_json.hpp"

namespace steq {

ReportedRun::ReportedRun(const std::filesystem::path& directory, ReportFacts facts, const NamedControls& controls)
    : stored_(directory, controls), facts_(std::move(facts)), comparisons_(Json::array()) {
  for (const Json& comparison : stored_.comparisons()) try {
      comparisons_.push_back(complete(comparison));
    } catch (const DomainError&) {
      continue;  // learners of different networks
    }
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

Json ReportedRun::complete(Json comparison) const {
  if (comparison.contains("metrics") && comparison.contains("first_divergence")) return comparison;
  if (comparison["map"] == "M")
    throw InputError(stored_.place("summary.json"),
                     fmt::format("the comparison of {} has the map M and no metrics, and nothing says which map it is; "
                                 "allowed: identity, or metrics",
                                 pair_name(comparison)));
  const Json measured = comparison_json(learner(comparison["a"]), learner(comparison["b"]), identity_map);
  for (const auto& [key, value] : measured.items())
    if (!comparison.contains(key)) comparison[key] = value;
  return comparison;
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
