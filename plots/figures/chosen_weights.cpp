// SPDX-License-Identifier: MIT
#include "plots/figures/chosen_weights.hpp"

#include <algorithm>

#include "sim/metrics/first_divergence.hpp"
#include "sim/processes/learning_processes.hpp"

namespace steq {
namespace {

struct Candidate {
  std::size_t tensor;
  WeightIndex weight;
  std::size_t changes;  // in a
  bool agrees;
};

/// Weights that change level in a, those with most changes first.
std::vector<Candidate> candidates(const LearnerTrace& a, const LearnerTrace& b) {
  std::vector<Candidate> all;
  for (std::size_t t = 0; t < a.tensors.size(); ++t) {
    const LearningProcesses in_a(*a.tensors[t].log), in_b(*b.tensors[t].log);
    for (std::size_t i = 0; i < in_a.weights(); ++i)
      if (in_a[i].changes() > 0)
        all.push_back(
            {t, static_cast<WeightIndex>(i), in_a[i].changes(), std::ranges::equal(in_a[i].levels, in_b[i].levels)});
  }
  std::ranges::stable_sort(all, std::ranges::greater(), &Candidate::changes);
  return all;
}

}  // namespace

std::vector<ChosenWeight> chosen_weights(const LearnerTrace& a, const LearnerTrace& b) {
  const std::vector<Candidate> all = candidates(a, b);
  std::vector<ChosenWeight> chosen;
  const auto choose = [&](const char* suffix, const char* reason, std::size_t tensor, WeightIndex weight) {
    if (std::ranges::none_of(chosen, [&](const auto& c) { return c.tensor == tensor && c.weight == weight; }))
      chosen.push_back({suffix, reason, tensor, weight});
  };
  if (!all.empty()) choose("restless", "most change points", all[0].tensor, all[0].weight);
  if (const auto first = first_divergence(a, b)) {
    const auto tensor = std::ranges::find(a.tensors, first->tensor, &TensorTrace::name);
    choose("parting", "parts first", static_cast<std::size_t>(tensor - a.tensors.begin()), first->weight);
  }
  if (const auto found = std::ranges::find(all, true, &Candidate::agrees); found != all.end())
    choose("agreeing", "agrees, with most change points", found->tensor, found->weight);
  if (!all.empty()) {
    const Candidate& median = all[all.size() / 2];
    choose("median", "median number of change points", median.tensor, median.weight);
  }
  return chosen;
}

}  // namespace steq
