// SPDX-License-Identifier: MIT
#include "experiments/diff/compared_learner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "sim/core/errors.hpp"
#include "sim/core/parameters.hpp"
#include "sim/metrics/comparison.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq {
namespace {

ChangePointLog beginning(const ChangePointLog& log, Step until) {
  ChangePointLog cut(log.initial_levels());
  for (std::size_t i = 0; i < log.size() && log[i].step <= until; ++i) cut.append(log[i]);
  return cut;
}

std::string names(const LearnerTrace& learner) {
  std::vector<std::string> names;
  for (const TensorTrace& tensor : learner.tensors) names.push_back(tensor.name);
  return join(names);
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::vector<std::string> sizes;
  for (const std::size_t size : shape) sizes.push_back(std::to_string(size));
  return "[" + join(sizes) + "]";
}

/// Of a learner without levels as many as its files hold.
std::size_t weights_of(const TensorTrace& tensor) {
  return tensor.log ? tensor.log->initial_levels().size() : std::max(tensor.initial.size(), tensor.final.size());
}

/// Why the tensor of the two learners cannot be compared; empty where it can.
std::string obstacle(const ComparedLearner& a, const ComparedLearner& b, const TensorTrace& in_a,
                     const TensorTrace& in_b) {
  const std::size_t weights_a = weights_of(in_a), weights_b = weights_of(in_b);
  if (weights_a != weights_b) return fmt::format("{} weights in A, {} in B", weights_a, weights_b);
  const auto shape_a = a.run().shape(a.trace().name, in_a.name), shape_b = b.run().shape(b.trace().name, in_b.name);
  if (!shape_a.empty() && !shape_b.empty() && shape_a != shape_b)
    return fmt::format("shape {} in A, {} in B{}", shape_text(shape_a), shape_text(shape_b),
                       std::ranges::is_permutation(shape_a, shape_b)
                           ? ", the same in another order; allowed: [out, in, ...], as PyTorch has it"
                           : "");
  return "";
}

/// Change points were recorded, and a learner in full precision had none.
bool trained_without_levels(const StoredRun& run, const std::string& learner) {
  const Json& summary = run.summary();
  if (!summary.is_object() || !summary.contains("learners") || !summary["learners"].contains(learner)) return false;
  return summary["learners"][learner].value("change_points", Json()) == 0;
}

}  // namespace

ComparedLearner::ComparedLearner(const StoredRun& run, const std::string& name, const Watching& watching)
    : run_(run),
      watching_(watching),
      stored_(run, name, watching),
      trace_(stored_.trace()),
      steps_(run.known_steps(name)) {
  if (trace_.tensors.empty() && !trained_without_levels(run, name))
    throw InputError(
        run.place("logs.h5"),
        fmt::format("/{}: holds no change points; allowed: logs of a run with record.change_points", name));
  for (const TensorTrace& tensor : trace_.tensors) {
    const ChangePointLog& log = *tensor.log;
    if (log.size() > 0) last_change_ = std::max(last_change_, log[log.size() - 1].step);
    change_points_ += log.size();
  }
}

std::optional<std::size_t> ComparedLearner::changes_of_grid() const {
  if (watching_.every > 1) return std::nullopt;
  const Json::json_pointer place = Json::json_pointer() / "learners" / trace_.name / "change_points_of_grid";
  const Json& summary = run_.summary();
  if (summary.contains(place) && summary[place].is_number_unsigned())
    return watching_.whole() ? std::optional(summary[place].get<std::size_t>()) : std::nullopt;
  return run_.logs().changes_of_grid(trace_.name, watching_);
}

/// Of `other`, else of any learner beside this one.
std::vector<std::string> ComparedLearner::names_of_tensors(const ComparedLearner& other) const {
  std::vector<std::string> names;
  for (const TensorTrace& tensor : other.trace_.tensors) names.push_back(tensor.name);
  for (auto learner = run_.learners().begin(); names.empty() && learner != run_.learners().end(); ++learner)
    names = run_.tensors(*learner);
  return names;
}

void ComparedLearner::adopt_tensors(const ComparedLearner& other) {
  if (!trace_.tensors.empty()) return;
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  const auto stored = [&](const char* snapshot, const std::string& tensor) {
    return run_.weights(trace_.name, snapshot, tensor).value_or(std::vector<double>());
  };
  for (const std::string& tensor : names_of_tensors(other)) {
    TensorTrace own{.name = tensor,
                    .grid = {.levels = {}, .thresholds = {}, .range = unknown},
                    .initial = stored("initial", tensor),
                    .final = stored("final", tensor),
                    .reach = unknown,
                    .path_length = unknown};
    own.values = own.final;
    trace_.tensors.push_back(std::move(own));
  }
}

void ComparedLearner::cut_off(Step until) {
  cut_logs_.reserve(trace_.tensors.size());
  for (TensorTrace& tensor : trace_.tensors) {
    if (tensor.log) tensor.log = &cut_logs_.emplace_back(beginning(*tensor.log, until));
    tensor.final.clear();
  }
  for (auto* numbers : {&trace_.train_loss, &trace_.test_loss, &trace_.test_accuracy, &trace_.logits}) numbers->clear();
  last_change_ = std::min(last_change_, until);
}

void ComparedLearner::align_with(const ComparedLearner& other, const std::string& place) {
  std::vector<TensorTrace> aligned;
  std::vector<Problem> problems;
  for (const TensorTrace& wanted : other.trace_.tensors)
    if (auto found = std::ranges::find(trace_.tensors, wanted.name, &TensorTrace::name); found != trace_.tensors.end())
      aligned.push_back(std::move(*found));
  if (aligned.size() != trace_.tensors.size() || aligned.size() != other.trace_.tensors.size())
    throw InputError(place, fmt::format("not the same quantized tensors: {} in A, {} in B",
                                        names(other.stored_.trace()), names(stored_.trace())));
  for (std::size_t t = 0; t < aligned.size(); ++t)
    if (const std::string why = obstacle(other, *this, other.trace_.tensors[t], aligned[t]); !why.empty())
      problems.push_back({place + ": " + aligned[t].name, "cannot be compared: " + why});
  throw_if_any(problems);
  trace_.tensors = std::move(aligned);
}

bool share_levels(const ComparedLearner& a, const ComparedLearner& b) {
  return weight_count(a.trace()) > 0 && comparable_levels(a.trace(), b.trace());
}

}  // namespace steq
