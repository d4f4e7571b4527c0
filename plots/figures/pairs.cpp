// SPDX-License-Identifier: MIT
#include "plots/figures/pairs.hpp"

#include <algorithm>

namespace steq {
namespace {

Pair read_pair(const Json& comparison) {
  Pair pair{.a = comparison.value("a", ""), .b = comparison.value("b", "")};
  pair.kind = comparison.value("kind", pair.kind);
  pair.mapped = comparison.value("map", "identity") == "M";
  return pair;
}

}  // namespace

std::vector<Pair> pairs(const StoredRun& run) {
  std::vector<Pair> all;
  for (const Json& comparison : run.comparisons()) all.push_back(read_pair(comparison));
  return all;
}

std::optional<Pair> main_pair(const std::vector<Pair>& pairs) {
  auto found = std::ranges::find(pairs, "equivalent", &Pair::kind);
  if (found == pairs.end()) found = std::ranges::find(pairs, false, &Pair::is_control);
  if (found == pairs.end()) found = pairs.begin();
  return found == pairs.end() ? std::nullopt : std::optional(*found);
}

std::optional<Pair> main_pair(const StoredRun& run) { return main_pair(pairs(run)); }

int line_type(const StoredRun& run, const std::string& learner) {
  const auto& learners = run.learners();
  return static_cast<int>(std::ranges::find(learners, learner) - learners.begin()) + 1;
}

int line_type(const StoredRun& run, const Pair& pair) {
  const std::vector<Pair> all = pairs(run);
  const auto shares_b = [&](const Pair& other) { return std::ranges::count(all, other.b, &Pair::b) > 1; };
  if (std::ranges::none_of(all, shares_b)) return line_type(run, pair.b);
  return static_cast<int>(std::ranges::find(all, pair.name(), &Pair::name) - all.begin()) + 2;
}

std::size_t weight_count(const LearnerTrace& learner) {
  std::size_t count = 0;
  for (const TensorTrace& tensor : learner.tensors)
    if (tensor.log) count += tensor.log->initial_levels().size();
  return count;
}

}  // namespace steq
