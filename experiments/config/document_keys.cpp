// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>

#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"

namespace steq {
namespace {

using C = ExperimentConfig;
using Keys = std::vector<Key<C>>;

Keys head_keys() {
  return {value_key({.name = "kind",
                     .kind = Kind::text,
                     .fallback = Value("training"),
                     .meaning = "what the document describes; predictions, laws, orders and studies have keys of their own",
                     .words = {"training"}},
                    &C::kind),
          value_key({.name = "name",
                     .kind = Kind::text,
                     .fallback = Value("experiment"),
                     .meaning = "name of the run, and of its directory runs/NAME",
                     .refusal = refused_name_value},
                    &C::name),
          value_key(
              {.name = "description", .kind = Kind::text, .fallback = Value(""), .meaning = "one sentence for reports"},
              &C::description),
          value_key({.name = "precision",
                     .kind = Kind::text,
                     .fallback = Value("float"),
                     .meaning = "of the arithmetic of all networks; double is for checks of theory",
                     .words = {"float", "double"},
                     .aliases = {{"dtype"}, {"scalar"}}},
                    &C::precision)};
}

/// Without an optimizer of the document each learner must have its own, or get one along `like`.
bool every_learner_has(const ConfigNode& document, const std::string& key) {
  const Json learners = document.at("learners").json;
  return learners.is_array() && !learners.empty() && std::ranges::all_of(learners, [&](const Json& learner) {
           return learner.is_object() && (learner.contains(key) || learner.contains("like"));
         });
}

Keys keys_of_the_recipe() {
  Keys keys;
  for (const Key<LearnerRecipe>& key : recipe_keys().keys) {
    keys.push_back(lifted<C>(
        key, [](auto& config) -> auto& { return config.recipe; }));
    if (key.info.required)
      keys.back().read = [name = key.info.name, read = keys.back().read](const ConfigNode& document, C& config) {
        if (document.has(name) || !every_learner_has(document, name)) read(document, config);
      };
  }
  return keys;
}

Keys section_keys() {
  return {section_key<C>({.name = "data", .meaning = "training and test images", .aliases = {{"dataset"}}}, data_keys(),
                         &C::data),
          model_key()};
}

ParameterInfo count(const std::string& name, const std::string& meaning, std::vector<Alias> aliases) {
  return {.name = name,
          .kind = Kind::integer,
          .meaning = meaning,
          .min = 1,
          .max = std::numeric_limits<std::uint32_t>::max(),
          .aliases = std::move(aliases)};
}

Keys length_keys() {
  ParameterInfo epochs =
      count("epochs", "passes over the training images, where no steps are given", {{"max_epochs"}, {"num_epochs"}});
  epochs.fallback = Value(std::int64_t{1});
  return {value_key(count("batch_size", "training images of one update; an epoch has whole batches only",
                          {{"batch"}, {"bs"}}),
                    &C::batch_size),
          value_key(epochs, &C::epochs),
          value_key(count("steps", "updates of each learner, in place of epochs",
                          {{"max_steps"}, {"iterations"}, {"updates"}}),
                    &C::steps),
          value_key({.name = "shuffle",
                     .kind = Kind::boolean,
                     .fallback = Value(true),
                     .meaning = "draw the order of the images anew in every epoch; false: the order of the file"},
                    &C::shuffle),
          value_key({.name = "seed",
                     .kind = Kind::integer,
                     .fallback = Value(std::int64_t{1}),
                     .meaning = "of initial weights, batch order, augmentation, noise and drawn images",
                     .min = 0,
                     .max = 9e15},
                    &C::seed)};
}

/// Both say how long the run is.
void check_length(const ConfigNode& document, C& config) {
  if (!config.steps) return;
  if (document.has("epochs")) document.at("steps").report("both epochs and steps are given; allowed: one of them");
  config.epochs.reset();
}

Keys keys_of_the_document() {
  Keys keys;
  const Keys lists{
      learners_key(), compare_key(),
      section_key<C>({.name = "record", .meaning = "what the run directory will hold", .fallback = Json::object()},
                     record_keys(), &C::record)};
  for (const Keys& some : {head_keys(), section_keys(), keys_of_the_recipe(), length_keys(), lists})
    keys.insert(keys.end(), some.begin(), some.end());
  return keys;
}

}  // namespace

const KeyTable<ExperimentConfig>& document_keys() {
  static const KeyTable<C> table{.keys = keys_of_the_document(), .check = check_length};
  return table;
}

}  // namespace steq
