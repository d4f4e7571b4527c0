// SPDX-License-Identifier: MIT
#include "experiments/diff/divergence.hpp"

#include <algorithm>
#include <cmath>

#include "sim/metrics/disagreement.hpp"

namespace steq {
namespace {

using Curve = std::vector<std::size_t>;  // how many weights are apart after each step

AfterDivergence after_divergence(const Curve& apart, Step first) {
  const auto is_together = [](std::size_t count) { return count == 0; };
  AfterDivergence after;
  const auto next = std::find_if(apart.begin() + first, apart.end(), is_together);
  if (next != apart.end()) after.together = static_cast<Step>(next - apart.begin());
  const auto last = std::find_if(apart.rbegin(), apart.rend(), is_together);
  if (last != apart.rbegin()) after.apart_for_good = static_cast<Step>(apart.rend() - last);
  return after;
}

/// The tensor's log as if it had this weight alone.
ChangePointLog log_of_weight(const TensorTrace& tensor, WeightIndex weight) {
  const ChangePointLog& log = *tensor.log;
  const std::size_t place = tensor.place(weight);
  ChangePointLog one({log.initial_levels()[place]});
  for (std::size_t i = 0; i < log.size(); ++i)
    if (log[i].weight == place) one.append({0, log[i].step, log[i].level});
  return one;
}

const TensorTrace& tensor_of(const LearnerTrace& learner, const std::string& name) {
  return *std::ranges::find(learner.tensors, name, &TensorTrace::name);
}

Curve curve_of_weight(const LearnerTrace& a, const LearnerTrace& b, const FirstDivergence& at, Step steps) {
  const ChangePointLog log_a = log_of_weight(tensor_of(a, at.tensor), at.weight);
  const ChangePointLog log_b = log_of_weight(tensor_of(b, at.tensor), at.weight);
  const auto alone = [](const ChangePointLog& log) {
    LearnerTrace learner;
    learner.tensors.push_back({.name = "", .grid = {}, .log = &log, .initial = {}, .final = {}});
    return learner;
  };
  return disagreement_curve(alone(log_a), alone(log_b), steps);
}

/// Number of the last record up to `step`.
std::optional<std::size_t> record_before(const ComparedLearner& learner, const std::string& tensor, Step step) {
  const LogReader& logs = learner.run().logs();
  const std::string group = "/" + learner.trace().name + "/";
  if (!logs.has(group + "latent_steps") || !logs.has(group + tensor + "/latent")) return std::nullopt;
  const std::vector<Step> steps = logs.latent_steps(learner.trace().name);
  const auto after = std::upper_bound(steps.begin(), steps.end(), step);
  if (after == steps.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - steps.begin() - 1);
}

/// The grid with the thresholds of that record; nothing where they are not known.
std::optional<Grid> grid_at(const ComparedLearner& learner, const FirstDivergence& at, std::size_t record) {
  const LogReader& logs = learner.run().logs();
  std::optional<Grid> grid = logs.grid(learner.trace().name, at.tensor);
  const std::vector<double> all = logs.latent_thresholds(learner.trace().name, at.tensor);
  if (!grid || all.empty()) return std::nullopt;
  std::vector<double>& thresholds = grid->thresholds;
  const double end = thresholds.back() - thresholds.front();
  std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(record * thresholds.size()), thresholds.size(),
              thresholds.begin());
  if (end > 0) grid->delta *= (thresholds.back() - thresholds.front()) / end;
  return grid;
}

/// In units of delta; nothing where latent weights or grid were not recorded.
std::optional<double> threshold_distance(const ComparedLearner& learner, const FirstDivergence& at,
                                         std::size_t record) {
  const LogReader& logs = learner.run().logs();
  const auto grid = grid_at(learner, at, record);
  if (!grid || grid->delta == 0) return std::nullopt;
  const std::vector<double> weights = logs.latent_record(learner.trace().name, at.tensor, record);
  if (at.weight >= weights.size()) return std::nullopt;
  double nearest = kInfinity;
  for (const double threshold : grid->thresholds) nearest = std::min(nearest, std::abs(weights[at.weight] - threshold));
  return nearest / grid->delta;
}

std::optional<ThresholdDistances> threshold_distances(const ComparedLearner& a, const ComparedLearner& b,
                                                      const FirstDivergence& at) {
  const auto record_a = record_before(a, at.tensor, at.step), record_b = record_before(b, at.tensor, at.step);
  if (!record_a || !record_b) return std::nullopt;
  const Step step = a.run().logs().latent_steps(a.trace().name)[*record_a];
  if (b.run().logs().latent_steps(b.trace().name)[*record_b] != step) return std::nullopt;
  const auto in_a = threshold_distance(a, at, *record_a), in_b = threshold_distance(b, at, *record_b);
  if (!in_a || !in_b) return std::nullopt;
  return ThresholdDistances{step, *in_a, *in_b};
}

}  // namespace

std::optional<Divergence> divergence(const ComparedLearner& a, const ComparedLearner& b, Step steps) {
  const auto first = share_levels(a, b) ? first_divergence(a.trace(), b.trace()) : std::nullopt;
  if (!first) return std::nullopt;
  const Curve apart = disagreement_curve(a.trace(), b.trace(), steps);
  const auto most = std::ranges::max_element(apart);
  Divergence divergence{.first = *first,
                        .weight = after_divergence(curve_of_weight(a.trace(), b.trace(), *first, steps), first->step),
                        .network = after_divergence(apart, first->step),
                        .apart_at_end = apart.back(),
                        .most_apart = *most,
                        .most_apart_step = static_cast<Step>(most - apart.begin()),
                        .latent = threshold_distances(a, b, *first)};
  divergence.weights = weight_count(a.trace());
  return divergence;
}

}  // namespace steq
