// SPDX-License-Identifier: MIT
#include "experiments/training/run_bounds.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "experiments/config/pair_role.hpp"
#include "experiments/training/bounds_report.hpp"
#include "experiments/training/learner_setups.hpp"
#include "records/files.hpp"
#include "theory/bounds/obstacles.hpp"
#include "theory/estimator_facts.hpp"

namespace steq {
namespace {

std::size_t index_of(const ExperimentConfig& config, const std::string& learner) {
  const auto at = std::find_if(config.learners.begin(), config.learners.end(),
                               [&](const LearnerConfig& l) { return l.name == learner; });
  return static_cast<std::size_t>(at - config.learners.begin());
}

/// Whether the learner at this index is an STE learner in all of its tensors.
using IsSte = std::function<bool(std::size_t learner)>;

/// Indices of the comparisons that the theorems speak of.
std::vector<std::size_t> covered_comparisons(const ExperimentConfig& config, const IsSte& is_ste) {
  std::vector<std::size_t> covered;
  for (std::size_t c = 0; c < config.compare.size(); ++c) {
    const auto& [a, b] = config.compare[c];
    if (role_of(config, a, b).kind == PairKind::equivalent && is_ste(index_of(config, b))) covered.push_back(c);
  }
  return covered;
}

/// The learner's estimator on the grid of every quantized tensor.
std::vector<std::unique_ptr<Estimator>> estimators_of(const ExperimentConfig& config, const ExperimentInputs& inputs,
                                                      std::size_t learner) {
  std::vector<std::unique_ptr<Estimator>> estimators;
  for (const TensorInfo& tensor : inputs.tensors) {
    if (!tensor.quantize) continue;
    const auto quantizer = quantizer_registry().make(config.learners[learner].quantizer, "quantizer", tensor.shape());
    const std::string place = config.place(fmt::format("learners[{}].estimator", learner));
    estimators.push_back(estimator_registry().make(config.learners[learner].estimator, place, quantizer->grid()));
  }
  return estimators;
}

}  // namespace

void require_bounds(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  if (!config.record.bounds) return;
  std::set<std::string> reasons;
  const auto add = [&](const std::vector<std::string>& obstacles) {
    reasons.insert(obstacles.begin(), obstacles.end());
  };
  const std::vector<std::size_t> covered = covered_comparisons(config, [&](std::size_t learner) {
    return std::ranges::all_of(estimators_of(config, inputs, learner),
                               [](const auto& estimator) { return straight_through(*estimator); });
  });
  if (covered.empty()) reasons.insert("no pair of a learner and its STE equivalent is compared");
  for (const std::size_t c : covered) {
    const LearnerConfig& source = config.learners[index_of(config, config.compare[c].first)];
    add(bounds_obstacles(*optimizer_registry().make(source.optimizer.rule, "optimizer")));
    for (const auto& estimator : estimators_of(config, inputs, index_of(config, config.compare[c].first)))
      add(bounds_obstacles(*estimator));
  }
  std::vector<Problem> problems;
  for (const std::string& reason : reasons)
    problems.push_back({config.place("record.bounds"), "true is not allowed: " + reason + "; allowed: false"});
  throw_if_any(problems);
}

template <class T>
RunBounds<T>::RunBounds(const ExperimentConfig& config, const std::vector<Learner<T>>& learners, Step steps,
                        int threads) {
  const IsSte is_ste = [&](std::size_t learner) {
    return std::ranges::all_of(learners[learner].tensors(), [](const WeightTensor<T>& tensor) {
      return !tensor.quantized() || straight_through(tensor.estimator());
    });
  };
  for (const std::size_t c : covered_comparisons(config, is_ste)) {
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
