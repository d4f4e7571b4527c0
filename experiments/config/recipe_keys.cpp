// SPDX-License-Identifier: MIT
// What a learner is made of, declared once: the document has these keys, and every learner may have them.
#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/quantizers/quantizer.hpp"
#include "sim/storages/storage.hpp"

namespace steq {
namespace {

using R = LearnerRecipe;

Key<R> optimizer_key() {
  return section_key<R>({.name = "optimizer",
                         .meaning = "update rule, learning rate and schedule",
                         .aliases = {{"learning_rate", "\"optimizer.learning_rate\""},
                                     {"lr", "\"optimizer.learning_rate\""},
                                     {"schedule", "\"optimizer.schedule\""},
                                     {"scheduler", "\"optimizer.schedule\""},
                                     {"lr_scheduler", "\"optimizer.schedule\""}}},
                        optimizer_keys(), &R::optimizer);
}

}  // namespace

const KeyTable<LearnerRecipe>& recipe_keys() {
  static const KeyTable<R> table{
      .keys = {
          section_key<R>({.name = "init", .meaning = "where the weights begin", .fallback = "he-uniform"}, init_keys(),
                         &R::init),
          plugin_key<R>({.name = "quantizer",
                         .meaning = "of the weights of every layer marked \"quantize\": true",
                         .fallback = "uniform"},
                        catalogue(quantizer_registry()), &R::quantizer),
          plugin_key<R>(
              {.name = "estimator", .meaning = "what stands in for the derivative of the quantizer", .fallback = "ste"},
              catalogue(estimator_registry()), &R::estimator),
          plugin_key<R>({.name = "storage",
                         .meaning = "what is kept of a weight after the optimizer's rule",
                         .fallback = "latent"},
                        catalogue(storage_registry()), &R::storage),
          activations_key(),
          section_key<R>({.name = "loss", .meaning = "of logits and label", .fallback = "cross-entropy"}, loss_keys(),
                         &R::loss),
          optimizer_key()}};
  return table;
}

}  // namespace steq
