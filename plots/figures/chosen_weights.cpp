// SPDX-License-Identifier: MIT
#include "plots/figures/chosen_weights.hpp"

#include <algorithm>

#include "sim/metrics/first_divergence.hpp"
#include "sim/processes/learning_processes.hpp"

namespace steq {
namespace {

struct Candidate {
  std::size_t tensor, place;
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
        all.push_back({t, i, in_a[i].changes(), std::ranges::equal(in_a[i].levels, in_b[i].levels)});
  }
  std::ranges::stable_sort(all, std::ranges::greater(), &Candidate::changes);
  return all;
}

}  // namespace

std::vector<ChosenWeight> chosen_weights(const LearnerTrace& a, const LearnerTrace& b) {
  const std::vector<Candidate> all = candidates(a, b);
  std::vector<ChosenWeight> chosen;
  // The first from `place` on that is not chosen yet.
  const auto choose = [&](const char* suffix, const char* reason, std::size_t place, const auto& wanted) {
    for (; place < all.size(); ++place) {
      const Candidate& candidate = all[place];
      const auto same = [&](const ChosenWeight& c) {
        return c.tensor == candidate.tensor && c.place == candidate.place;
      };
      if (!wanted(candidate) || std::ranges::any_of(chosen, same)) continue;
      return chosen.push_back({suffix, reason, candidate.tensor, candidate.place});
    }
  };
  const auto any = [](const Candidate&) { return true; };
  if (const auto first = first_divergence(a, b)) {
    const auto tensor = std::ranges::find(a.tensors, first->tensor, &TensorTrace::name);
    chosen.push_back({"diverging", "diverges first", static_cast<std::size_t>(tensor - a.tensors.begin()),
                      tensor->place(first->weight)});
  }
  choose("restless", "most change points", 0, any);
  choose("agreeing", "agrees, with most change points", 0, [](const Candidate& c) { return c.agrees; });
  choose("median", "median number of change points", all.size() / 2, any);
  return chosen;
}

}  // namespace steq
