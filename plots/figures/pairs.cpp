// SPDX-License-Identifier: MIT
#include "plots/figures/pairs.hpp"

#include <algorithm>

namespace steq {
namespace {

Pair read_pair(const Json& comparison) {
  Pair pair{.a = comparison.value("a", ""), .b = comparison.value("b", "")};
  pair.kind = comparison.value("kind", pair.kind);
  pair.mapped = comparison.value("map", "identity") == "M";
  const Json metrics = comparison.value("metrics", Json::object());
  pair.on_levels = !metrics.contains("quantized_weight_agreement") || !metrics["quantized_weight_agreement"].is_null();
  return pair;
}

}  // namespace

std::vector<Pair> pairs_of(const Json& comparisons) {
  std::vector<Pair> all;
  for (const Json& comparison : comparisons) all.push_back(read_pair(comparison));
  return all;
}

std::vector<Pair> pairs(const StoredRun& run) { return pairs_of(run.comparisons()); }

std::optional<std::size_t> main_pair_place(const std::vector<Pair>& pairs) {
  const bool any_on_levels = std::ranges::any_of(pairs, &Pair::on_levels);
  const auto first = [&](const auto& wanted) {
    return std::ranges::find_if(pairs,
                                [&](const Pair& pair) { return (pair.on_levels || !any_on_levels) && wanted(pair); });
  };
  auto found = first([](const Pair& pair) { return pair.kind == "equivalent"; });
  if (found == pairs.end()) found = first([](const Pair& pair) { return !pair.is_control(); });
  if (found == pairs.end()) found = first([](const Pair&) { return true; });
  return found == pairs.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - pairs.begin()));
}

std::optional<Pair> main_pair(const std::vector<Pair>& pairs) {
  const auto place = main_pair_place(pairs);
  return place ? std::optional(pairs[*place]) : std::nullopt;
}

std::optional<Pair> main_pair(const StoredRun& run) {
  const auto main = main_pair(pairs(run));
  return main && main->on_levels ? main : std::nullopt;
}

}  // namespace steq
