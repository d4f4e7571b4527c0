// SPDX-License-Identifier: MIT
#include "experiments/config/like.hpp"

#include <algorithm>

#include "experiments/config/config_keys.hpp"

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

/// The first of the chain that has the key, or its end, the document, which has the default.
const LearnerConfig& nearest(const Chain& chain, const std::string& key) {
  const auto has = std::ranges::find_if(chain, [&](const WrittenLearner* link) { return link->node.has(key); });
  return (has == chain.end() ? chain.back() : *has)->config;
}

}  // namespace

LearnerConfig follow_like(const WrittenLearner& learner, const std::vector<WrittenLearner>& learners,
                          const WrittenLearner& document) {
  if (learner.config.like && !find(learners, *learner.config.like)) {
    std::vector<std::string> names;
    for (const WrittenLearner& other : learners) names.push_back(other.config.name);
    learner.node.at("like").report(unknown_learner(*learner.config.like, names));
  }
  Chain chain = chain_of(learner, learners);
  chain.push_back(&document);
  LearnerConfig config = learner.config;
  for (const Key<LearnerConfig>& key : learner_keys().keys)
    if (key.copy) key.copy(nearest(chain, key.info.name), config);
  return config;
}

std::string unknown_learner(const std::string& name, const std::vector<std::string>& names) {
  return fmt::format("unknown learner \"{}\"; allowed: {}{}", name, join(names), suggestion(name, names));
}

}  // namespace steq
