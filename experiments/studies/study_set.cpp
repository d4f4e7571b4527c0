// SPDX-License-Identifier: MIT
#include "experiments/studies/study_set.hpp"

#include <algorithm>

#include "experiments/config/overrides.hpp"

namespace steq {

void apply_set(const ConfigNode& owner, Json& document) {
  if (!owner.has("set")) return;
  std::vector<Problem> problems;
  const ConfigNode set{owner.at("set").json, owner.at("set").path, &problems};
  if (set.json.is_object())
    for (const auto& change : set.json.items())
      collect(problems, [&] { apply_change(document, change.key(), change.value(), set.path + "." + change.key()); });
  else
    set.refuse("an object of PATH: VALUE, as {\"optimizer.learning_rate\": 0.1}");
  for (Problem& problem : problems) {
    const auto same = [&](const Problem& p) { return p.place == problem.place && p.text == problem.text; };
    if (std::ranges::none_of(*owner.problems, same)) owner.problems->push_back(std::move(problem));
  }
}

}  // namespace steq
