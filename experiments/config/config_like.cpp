// SPDX-License-Identifier: MIT
#include "experiments/config/config_like.hpp"

#include <algorithm>

namespace steq {
namespace {

using Chain = std::vector<const WrittenLearner*>;

const WrittenLearner* find(const std::vector<WrittenLearner>& learners, const std::string& name) {
  const auto found =
      std::find_if(learners.begin(), learners.end(), [&](const auto& learner) { return learner.config.name == name; });
  return found == learners.end() ? nullptr : &*found;
}

std::string circle(const Chain& chain) {
  std::string text;
  for (const WrittenLearner* learner : chain) text += learner->config.name + " -> ";
  return fmt::format("goes round in a circle: {}{}", text, *chain.back()->config.like);
}

/// The learner, the one it is like, the one that that is like, and so on.
Chain chain_of(const WrittenLearner& learner, const std::vector<WrittenLearner>& learners) {
  Chain chain{&learner};
  while (chain.back()->config.like) {
    const WrittenLearner* next = find(learners, *chain.back()->config.like);
    if (!next) break;  // reported where it is written
    if (std::find(chain.begin(), chain.end(), next) != chain.end()) {
      learner.node.at("like").report(circle(chain));
      break;
    }
    chain.push_back(next);
  }
  return chain;
}

}  // namespace

LearnerConfig follow_like(const WrittenLearner& learner, const std::vector<WrittenLearner>& learners) {
  if (learner.config.like && !find(learners, *learner.config.like)) {
    std::vector<std::string> names;
    for (const WrittenLearner& other : learners) names.push_back(other.config.name);
    learner.node.at("like").report(unknown_learner(*learner.config.like, names));
  }
  const Chain chain = chain_of(learner, learners);
  const auto nearest = [&](const std::string& key) -> const LearnerConfig& {
    const auto has = std::find_if(chain.begin(), chain.end(), [&](const auto* link) { return link->node.has(key); });
    return (has == chain.end() ? chain.back() : *has)->config;
  };
  return {.name = learner.config.name,
          .estimator = nearest("estimator").estimator,
          .equivalent_to = nearest("equivalent_to").equivalent_to,
          .like = learner.config.like,
          .learning_rate_scale = nearest("learning_rate_scale").learning_rate_scale,
          .ulps = nearest("ulps").ulps,
          .rounding = nearest("rounding").rounding};
}

std::string unknown_learner(const std::string& name, const std::vector<std::string>& names) {
  return fmt::format("unknown learner \"{}\"; allowed: {}{}", name, join(names), suggestion(name, names));
}

}  // namespace steq
