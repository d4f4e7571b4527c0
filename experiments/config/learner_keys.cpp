// SPDX-License-Identifier: MIT
#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"

namespace steq {
namespace {

using L = LearnerConfig;

/// A key that names a learner; null says "none".
Key<L> reference_key(const std::string& name, const std::string& meaning, std::optional<std::string> L::*member) {
  return {.info = {.name = name, .meaning = meaning, .allowed = "the name of a learner or null", .kind = Kind::text},
          .read =
              [name, member](const ConfigNode& learner, L& config) {
                const ConfigNode node = learner.at(name);
                if (node.json.is_string())
                  config.*member = node.json.get<std::string>();
                else if (!node.json.is_null())
                  node.refuse("the name of a learner or null");
              },
          .write = [name, member](const L& config,
                                  Json& learner) { learner[name] = config.*member ? Json(*(config.*member)) : Json(); },
          .copy = copier(member)};
}

Key<L> name_key() {
  return not_copied(value_key({.name = "name",
                               .kind = Kind::text,
                               .meaning = "letters, digits, '.', '_' and '-'; a name of its own",
                               .refusal = refused_name_value},
                              &L::name));
}

Key<L> like_key() {
  Key<L> key = not_copied(reference_key("like", "learner from which every key is taken that is not given", &L::like));
  key.info.aliases = {{"base"}, {"inherits"}, {"extends"}};
  return written_when<L>(std::move(key), [](const L& learner) { return learner.like.has_value(); });
}

/// Taken whole, where it is given.
std::vector<Key<L>> recipe_keys_of_a_learner() {
  std::vector<Key<L>> keys;
  for (const Key<LearnerRecipe>& key : recipe_keys().keys) {
    Key<L>& own = keys.emplace_back(lifted<L>(
        key, [](auto& learner) -> auto& { return learner; }));
    own.info.meaning += "; in place of the document's";
    own.info.fallback = nullptr;
    own.info.required = false;
    own.read = [name = key.info.name, read = own.read](const ConfigNode& learner, L& config) {
      if (learner.has(name)) read(learner, config);
    };
  }
  return keys;
}

Key<L> scale_key() {
  return control_key(value_key({.name = "learning_rate_scale",
                                .fallback = Value(1.0),
                                .meaning = "factor on the learning rate",
                                .min = 0,
                                .aliases = {{"lr_scale"}}},
                               &L::learning_rate_scale),
                     PairKind::jitter);
}

Key<L> ulps_key() {
  return control_key(
      value_key({.name = "ulps",
                 .kind = Kind::integer,
                 .fallback = Value(std::int64_t{0}),
                 .meaning = "units in the last place added to the first weight of every tensor that is not 0",
                 .min = -1e6,
                 .max = 1e6},
                &L::ulps),
      PairKind::one_ulp);
}

Key<L> rounding_key() {
  return control_key(value_key({.name = "rounding",
                                .kind = Kind::boolean,
                                .fallback = Value(false),
                                .meaning = "move every pre-activation by up to one unit in the last place"},
                               &L::rounding),
                     PairKind::rounding);
}

std::vector<Key<L>> keys_of_a_learner() {
  std::vector<Key<L>> keys{name_key(), like_key()};
  for (Key<L>& key : recipe_keys_of_a_learner()) keys.push_back(std::move(key));
  keys.push_back(reference_key("equivalent_to",
                               "learner whose STE equivalent this is: with SGD it begins at M of that learner's "
                               "weights, at alpha times the rate",
                               &L::equivalent_to));
  for (Key<L>& control : std::vector{scale_key(), ulps_key(), rounding_key()}) keys.push_back(std::move(control));
  return keys;
}

}  // namespace

const KeyTable<LearnerConfig>& learner_keys() {
  static const KeyTable<L> table{.keys = keys_of_a_learner()};
  return table;
}

}  // namespace steq
