// SPDX-License-Identifier: MIT
#include "experiments/diff/compared_learner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "sim/core/errors.hpp"
#include "sim/core/parameters.hpp"

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

/// Why the tensor of the two learners cannot be compared; empty where it can.
std::string obstacle(const ComparedLearner& a, const ComparedLearner& b, const TensorTrace& in_a,
                     const TensorTrace& in_b) {
  const std::size_t weights_a = in_a.log->initial_levels().size(), weights_b = in_b.log->initial_levels().size();
  if (weights_a != weights_b) return fmt::format("{} weights in A, {} in B", weights_a, weights_b);
  const auto shape_a = a.run().shape(a.trace().name, in_a.name), shape_b = b.run().shape(b.trace().name, in_b.name);
  if (!shape_a.empty() && !shape_b.empty() && shape_a != shape_b)
    return fmt::format("shape {} in A, {} in B", shape_text(shape_a), shape_text(shape_b));
  const auto grid_a = a.run().logs().grid(a.trace().name, in_a.name);
  const auto grid_b = b.run().logs().grid(b.trace().name, in_b.name);
  if (grid_a && grid_b && grid_a->levels.size() != grid_b->levels.size())
    return fmt::format("{} levels in A, {} in B", grid_a->levels.size(), grid_b->levels.size());
  return "";
}

}  // namespace

ComparedLearner::ComparedLearner(const StoredRun& run, const std::string& name, std::optional<Step> until)
    : run_(run), stored_(run, name), trace_(stored_.trace()) {
  const std::string file = (run.directory() / "logs.h5").string();
  if (trace_.tensors.empty())
    throw InputError(
        file, fmt::format("/{}: holds no change points; allowed: logs of a run with record.change_points", name));
  const Step end = run.known_steps().value_or(std::numeric_limits<Step>::max());
  for (const TensorTrace& tensor : trace_.tensors) {
    const ChangePointLog& log = *tensor.log;
    const Step last = log.size() > 0 ? log[log.size() - 1].step : 0;
    if (last > end)
      throw InputError(file, fmt::format("/{}/{}: a change point at step {}, after the last one; allowed: 1 to {}",
                                         name, tensor.name, last, end));
    last_change_ = std::max(last_change_, last);
    change_points_ += log.size();
  }
  if (until) cut_off(*until);
}

void ComparedLearner::cut_off(Step until) {
  cut_logs_.reserve(trace_.tensors.size());
  for (TensorTrace& tensor : trace_.tensors) {
    tensor.log = &cut_logs_.emplace_back(beginning(*tensor.log, until));
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

}  // namespace steq
