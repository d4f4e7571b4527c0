// SPDX-License-Identifier: MIT
#include "records/stored_comparisons.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/parameters.hpp"

namespace steq {
namespace {

Json comparison(const std::string& a, const std::string& b, PairKind kind) {
  return {{"a", a}, {"b", b}, {"map", "identity"}, {"kind", to_text(kind)}};
}

}  // namespace

Json stored_comparisons(const Json& summary, const std::string& file, const std::vector<std::string>& learners) {
  Json all = summary.value("comparisons", Json::array());
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].contains("map")) all[i]["map"] = "identity";
    for (const char* side : {"a", "b"})
      if (const std::string name = all[i][side]; std::ranges::find(learners, name) == learners.end())
        problems.push_back({file, fmt::format("comparisons[{}].{}: no learner \"{}\"; allowed: {}{}", i, side, name,
                                              join(learners), suggestion(name, learners))});
  }
  throw_if_any(problems);
  return all;
}

Json plain_comparisons(const std::string& base, const std::vector<std::string>& others) {
  Json all = Json::array();
  for (const std::string& other : others) all.push_back(comparison(base, other, PairKind::other));
  return all;
}

void add_control(Json& comparisons, const NamedControl& control) {
  for (Json& known : comparisons)
    if (known["a"] == control.a && known["b"] == control.b) {
      known["kind"] = to_text(control.kind);
      return;
    }
  comparisons.push_back(comparison(control.a, control.b, control.kind));
}

}  // namespace steq
