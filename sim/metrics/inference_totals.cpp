// SPDX-License-Identifier: MIT
#include "sim/metrics/inference_totals.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

bool same_samples(const LearnerTrace& a, const LearnerTrace& b) {
  return !a.labels.empty() && a.labels == b.labels && a.logits.size() == b.logits.size() && !a.logits.empty() &&
         a.logits.size() % a.labels.size() == 0;
}

std::size_t answer(std::span<const double> logits) {
  return static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
}

void add_sample(std::size_t answer_a, std::size_t answer_b, std::size_t label, InferenceTotals& totals) {
  const bool same = answer_a == answer_b;
  const bool both_wrong = answer_a != label && answer_b != label;
  totals.samples += 1;
  totals.same_answer += same;
  totals.both_wrong += both_wrong;
  totals.same_wrong_answer += same && both_wrong;
}

}  // namespace

InferenceTotals inference_totals(const LearnerTrace& a, const LearnerTrace& b) {
  InferenceTotals totals;
  if (!same_samples(a, b)) return totals;
  const std::size_t logits = a.logits.size(), classes = logits / a.labels.size();
  for (std::size_t sample = 0; sample < a.labels.size(); ++sample) {
    const auto row = [&](const std::vector<double>& all) { return std::span(all).subspan(sample * classes, classes); };
    add_sample(answer(row(a.logits)), answer(row(b.logits)), a.labels[sample], totals);
  }
  const auto difference = [&](std::size_t i) { return a.logits[i] - b.logits[i]; };
  totals.logits = static_cast<double>(logits);
  totals.squared_difference = pairwise_sum(0, logits, [&](std::size_t i) { return difference(i) * difference(i); });
  totals.absolute_difference = pairwise_sum(0, logits, [&](std::size_t i) { return std::abs(difference(i)); });
  return totals;
}

}  // namespace steq
