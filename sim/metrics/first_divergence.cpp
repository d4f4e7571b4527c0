// SPDX-License-Identifier: MIT
#include "sim/metrics/first_divergence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/core/errors.hpp"
#include "sim/metrics/comparison.hpp"

namespace steq {
namespace {

using Moment = std::pair<Step, WeightIndex>;

/// Reads a log from the front.
class Reader {
 public:
  explicit Reader(const ChangePointLog& log) : log_(log) {}

  Moment next() const { return next_ < log_.size() ? Moment{log_[next_].step, log_[next_].weight} : kEnd; }

  /// The weight's level at `moment`, given the one before it.
  Level advance(const Moment& moment, Level before) { return next() == moment ? log_[next_++].level : before; }

  static constexpr Moment kEnd{std::numeric_limits<Step>::max(), std::numeric_limits<WeightIndex>::max()};

 private:
  const ChangePointLog& log_;
  std::size_t next_ = 0;
};

std::optional<FirstDivergence> initial_divergence(const TensorTrace& a, const TensorTrace& b) {
  const auto& levels_a = a.log->initial_levels();
  const auto& levels_b = b.log->initial_levels();
  const auto [at_a, at_b] = std::ranges::mismatch(levels_a, levels_b);
  if (at_a == levels_a.end()) return std::nullopt;
  return FirstDivergence{0, a.name, static_cast<WeightIndex>(at_a - levels_a.begin()), *at_a, *at_b};
}

/// Before the first divergence both learners have the same levels, so one copy of them is followed.
std::optional<FirstDivergence> tensor_divergence(const TensorTrace& a, const TensorTrace& b) {
  if (auto initial = initial_divergence(a, b)) return initial;
  std::vector<Level> common = a.log->initial_levels();
  Reader reader_a(*a.log), reader_b(*b.log);
  const auto next = [&] { return std::min(reader_a.next(), reader_b.next()); };
  for (Moment now = next(); now != Reader::kEnd; now = next()) {
    Level& level = common.at(now.second);
    const Level level_a = reader_a.advance(now, level), level_b = reader_b.advance(now, level);
    if (level_a != level_b) return FirstDivergence{now.first, a.name, now.second, level_a, level_b};
    level = level_a;
  }
  return std::nullopt;
}

void check_log(const LearnerTrace& learner) {
  for (const TensorTrace& tensor : learner.tensors)
    if (!tensor.log)
      throw DomainError(fmt::format("learner \"{}\" has no change points of \"{}\"", learner.name, tensor.name));
}

}  // namespace

std::optional<FirstDivergence> first_divergence(const LearnerTrace& a, const LearnerTrace& b) {
  check_same_tensors(a, b);
  check_log(a);
  check_log(b);
  std::optional<FirstDivergence> first;
  for (std::size_t i = 0; i < a.tensors.size(); ++i) {
    auto divergence = tensor_divergence(a.tensors[i], b.tensors[i]);
    if (divergence && (!first || divergence->step < first->step)) first = std::move(divergence);
  }
  return first;
}

}  // namespace steq
