// SPDX-License-Identifier: MIT
#include "experiments/diff/sameness.hpp"

#include <algorithm>
#include <cmath>

#include "sim/metrics/first_divergence.hpp"

namespace steq {
namespace {

using Numbers = std::vector<double>;

double as_float(double x) { return static_cast<double>(static_cast<float>(x)); }

bool are_floats(const Numbers& numbers) {
  return std::ranges::all_of(numbers, [](double x) { return std::isnan(x) || x == as_float(x); });
}

/// A NaN is the same as another one. Where one log holds floats and the other one doubles, these count as rounded.
std::optional<bool> same(const Numbers& a, const Numbers& b) {
  if (a.empty() || b.empty()) return std::nullopt;
  const bool rounded = are_floats(a) != are_floats(b);
  return std::ranges::equal(a, b, [&](double x, double y) {
    return x == y || (std::isnan(x) && std::isnan(y)) || (rounded && as_float(x) == as_float(y));
  });
}

/// Of several that belong together: false where one differs, nothing where none was recorded.
std::optional<bool> all(const std::vector<std::optional<bool>>& parts) {
  std::optional<bool> same;
  for (const auto& part : parts)
    if (part) same = same.value_or(true) && *part;
  return same;
}

std::optional<bool> same_weights(const LearnerTrace& a, const LearnerTrace& b, Numbers TensorTrace::*snapshot) {
  std::vector<std::optional<bool>> parts;
  for (std::size_t t = 0; t < a.tensors.size(); ++t)
    parts.push_back(same(a.tensors[t].*snapshot, b.tensors[t].*snapshot));
  return all(parts);
}

std::optional<bool> same_batch_losses(const ComparedLearner& a, const ComparedLearner& b) {
  const auto losses = [](const ComparedLearner& l) { return l.run().batch_loss(l.trace().name); };
  Numbers first = losses(a), second = losses(b);
  const std::size_t common = std::min(first.size(), second.size());
  first.resize(common), second.resize(common);
  return same(first, second);
}

}  // namespace

std::vector<SamePart> same_parts(const ComparedLearner& a, const ComparedLearner& b) {
  const LearnerTrace &in_a = a.trace(), &in_b = b.trace();
  return {{"levels", share_levels(a, b) ? std::optional(!first_divergence(in_a, in_b)) : std::nullopt},
          {"initial weights", same_weights(in_a, in_b, &TensorTrace::initial)},
          {"final weights", same_weights(in_a, in_b, &TensorTrace::final)},
          {"batch losses", same_batch_losses(a, b)},
          {"training losses", same(in_a.train_loss, in_b.train_loss)},
          {"test losses", same(in_a.test_loss, in_b.test_loss)},
          {"test accuracies", same(in_a.test_accuracy, in_b.test_accuracy)},
          {"logits", same(in_a.logits, in_b.logits)}};
}

}  // namespace steq
