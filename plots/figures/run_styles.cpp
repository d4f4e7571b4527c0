// SPDX-License-Identifier: MIT
#include "plots/figures/run_styles.hpp"

#include <algorithm>

namespace steq {
namespace {

bool is_ste(const Json& estimator) {
  return estimator == "ste" || (estimator.is_object() && estimator.value("type", Json()) == "ste");
}

/// The first free line type that is not among those used.
int unused(const std::vector<int>& used) {
  std::size_t n = 0;
  while (n < line_styles().size() && std::ranges::find(used, free_line_type(n)) != used.end()) ++n;
  return free_line_type(n);
}

/// The role of each learner that has one; no role twice.
std::vector<std::optional<Role>> roles_of(const StoredRun& run) {
  const std::vector<std::string>& learners = run.learners();
  std::vector<std::optional<Role>> roles(learners.size());
  const auto give = [&](const std::string& learner, std::optional<Role> role) {
    const auto place = std::ranges::find(learners, learner) - learners.begin();
    if (place == std::ssize(learners) || roles[static_cast<std::size_t>(place)]) return;
    if (role && std::ranges::find(roles, role) == roles.end()) roles[static_cast<std::size_t>(place)] = role;
  };
  const std::vector<Pair> all = pairs(run);
  if (const auto main = main_pair(all)) give(main->a, Role::estimator);
  for (const Pair& pair : all) give(pair.b, role_of(pair.kind, is_plain_ste(run.config(), pair.b)));
  return roles;
}

}  // namespace

bool is_plain_ste(const Json& config, const std::string& learner) {
  if (!config.is_object() || !config.contains("learners") || !config["learners"].is_array()) return false;
  return std::ranges::any_of(config["learners"], [&](const Json& l) {
    return l.is_object() && l.value("name", Json()) == learner && is_ste(l.value("estimator", Json())) &&
           l.value("equivalent_to", Json()).is_null();
  });
}

std::vector<int> line_types(const StoredRun& run) {
  std::vector<int> types;
  for (const auto& role : roles_of(run)) types.push_back(role ? line_type(*role) : unused(types));
  return types;
}

int line_type(const StoredRun& run, const std::string& learner) {
  const auto& learners = run.learners();
  const auto place = static_cast<std::size_t>(std::ranges::find(learners, learner) - learners.begin());
  return place < learners.size() ? line_types(run)[place] : free_line_type(place);
}

int line_type(const StoredRun& run, const Pair& pair) {
  std::vector<int> used = line_types(run);
  std::vector<std::string> seen;
  for (const Pair& other : pairs(run)) {
    const bool repeated = std::ranges::find(seen, other.b) != seen.end();
    seen.push_back(other.b);
    if (repeated) used.push_back(unused(used));
    if (other.name() == pair.name()) return repeated ? used.back() : line_type(run, pair.b);
  }
  return line_type(run, pair.b);
}

}  // namespace steq
