// SPDX-License-Identifier: MIT
#include <limits>

#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {
namespace {

using C = ExperimentConfig;
using Keys = std::vector<Key<C>>;

Keys head_keys() {
  return {value_key({.name = "kind",
                     .kind = Kind::text,
                     .fallback = Value("training"),
                     .meaning = "what the document describes; predictions, orders and studies have keys of their own",
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

Keys section_keys() {
  return {section_key<C>({.name = "data", .meaning = "training and test images", .aliases = {{"dataset"}}}, data_keys(),
                         &C::data),
          model_key(),
          section_key<C>({.name = "init", .meaning = "where the weights begin", .fallback = "he-uniform"}, init_keys(),
                         &C::init),
          plugin_key<C>({.name = "quantizer",
                         .meaning = "of the weights of every layer marked \"quantize\": true",
                         .fallback = "uniform"},
                        catalogue(quantizer_registry()), &C::quantizer),
          section_key<C>({.name = "optimizer",
                          .meaning = "update rule, learning rate and schedule of all learners",
                          .aliases = {{"learning_rate", "\"optimizer.learning_rate\""},
                                      {"lr", "\"optimizer.learning_rate\""},
                                      {"schedule", "\"optimizer.schedule\""},
                                      {"scheduler", "\"optimizer.schedule\""},
                                      {"lr_scheduler", "\"optimizer.schedule\""}}},
                         optimizer_keys(), &C::optimizer)};
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
  for (const Keys& some : {head_keys(), section_keys(), length_keys(), lists})
    keys.insert(keys.end(), some.begin(), some.end());
  return keys;
}

}  // namespace

const KeyTable<ExperimentConfig>& document_keys() {
  static const KeyTable<C> table{.keys = keys_of_the_document(), .check = check_length};
  return table;
}

}  // namespace steq
