// SPDX-License-Identifier: MIT
#include "experiments/training/run_bounds.hpp"

#include <algorithm>
#include <set>

#include "experiments/config/pair_role.hpp"
#include "experiments/training/bounds_report.hpp"
#include "experiments/training/learner_setups.hpp"
#include "records/files.hpp"
#include "theory/bounds/obstacles.hpp"

namespace steq {
namespace {

std::size_t index_of(const ExperimentConfig& config, const std::string& learner) {
  const auto at = std::find_if(config.learners.begin(), config.learners.end(),
                               [&](const LearnerConfig& l) { return l.name == learner; });
  return static_cast<std::size_t>(at - config.learners.begin());
}

/// Indices of the comparisons that the theorems speak of.
std::vector<std::size_t> covered_comparisons(const ExperimentConfig& config) {
  std::vector<std::size_t> covered;
  for (std::size_t c = 0; c < config.compare.size(); ++c) {
    const auto& [a, b] = config.compare[c];
    const bool ste = config.learners[index_of(config, b)].estimator.name == "ste";
    if (ste && role_of(config, a, b).kind == "equivalent") covered.push_back(c);
  }
  return covered;
}

}  // namespace

void require_bounds(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  if (!config.record.bounds) return;
  std::set<std::string> reasons;
  const auto add = [&](const std::vector<std::string>& obstacles) {
    reasons.insert(obstacles.begin(), obstacles.end());
  };
  const std::vector<std::size_t> covered = covered_comparisons(config);
  if (covered.empty()) reasons.insert("no pair of a learner and its STE equivalent is compared");
  add(bounds_obstacles(*optimizer_registry().make(config.optimizer.rule, "optimizer")));
  for (const std::size_t c : covered)
    for (const TensorInfo& tensor : inputs.tensors) {
      if (!tensor.quantize) continue;
      const Spec& estimator = config.learners[index_of(config, config.compare[c].first)].estimator;
      const auto quantizer = quantizer_registry().make(config.quantizer, "quantizer", tensor.fan_in);
      add(bounds_obstacles(*estimator_registry().make(estimator, "estimator", quantizer->grid())));
    }
  std::vector<Problem> problems;
  for (const std::string& reason : reasons)
    problems.push_back({config.place("record.bounds"), "true is not allowed: " + reason + "; allowed: false"});
  throw_if_any(problems);
}

template <class T>
RunBounds<T>::RunBounds(const ExperimentConfig& config, const std::vector<Learner<T>>& learners, Step steps,
                        int threads) {
  for (const std::size_t c : covered_comparisons(config)) {
    const auto& [a, b] = config.compare[c];
    PairBounds<T> bounds(learners, index_of(config, a), index_of(config, b), steps, threads);
    pairs_.push_back(std::unique_ptr<Pair>(new Pair{c, std::move(bounds)}));
  }
}

template <class T>
void RunBounds<T>::observe(std::vector<Observer<T>*>& observers) {
  for (const auto& pair : pairs_) observers.push_back(&pair->bounds);
}

template <class T>
void RunBounds<T>::save(Json& summary, const RunDirectory& directory) {
  std::vector<PairBoundsResult> results;
  for (const auto& pair : pairs_) {
    pair->bounds.finish();
    Json& comparison = summary["comparisons"][pair->comparison];
    results.push_back({fmt::format("{} / {}", comparison["a"].template get<std::string>(),
                                   comparison["b"].template get<std::string>()),
                       pair->bounds.result()});
    comparison["bounds"] = bounds_json(results.back().bounds);
  }
  write_file_atomically(directory.file("tables/bounds.csv"), bounds_table(results));
}

template class RunBounds<float>;
template class RunBounds<double>;

}  // namespace steq
