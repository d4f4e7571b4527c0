// SPDX-License-Identifier: MIT
#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"
#include "sim/nn/surrogate.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {
namespace {

using A = ActivationsConfig;

/// The parts may be allowed one by one and not together; which surrogate is the usual one depends on the quantizer.
void check_activations(const ConfigNode& node, A& activations) {
  const auto here = [&](const Problem& problem) { return problem.place.starts_with(node.path); };
  if (std::ranges::any_of(*node.problems, here)) return;
  collect(*node.problems, [&] {
    const TensorShape shape{.activations = true};
    const auto quantizer = quantizer_registry().make(activations.quantizer, node.path + ".quantizer", shape);
    if (!node.has("surrogate")) activations.surrogate = {usual_surrogate(quantizer->grid()), {}};
    surrogate_registry().make(activations.surrogate, node.path + ".surrogate", quantizer->grid());
    const auto errors = quantizer_registry().make(activations.errors, node.path + ".errors", shape);
    if (errors->moves())
      throw InputError(node.path + ".errors", fmt::format("{} is not allowed: its grid moves; allowed: a quantizer "
                                                          "whose grid stands",
                                                          activations.errors.name));
  });
}

}  // namespace

const KeyTable<ActivationsConfig>& activations_keys() {
  static const KeyTable<A> table{
      .keys = {plugin_key<A>({.name = "quantizer", .meaning = "of the values"}, catalogue(quantizer_registry()),
                             &A::quantizer),
               plugin_key<A>({.name = "surrogate",
                              .meaning = "its slope in the backward pass; without one clipped-relu for ceil, exact for "
                                         "soft-staircase, else saturated",
                              .fallback = "saturated"},
                             catalogue(surrogate_registry()), &A::surrogate),
               plugin_key<A>({.name = "errors",
                              .meaning = "quantizer of what comes back, of each sample's own loss",
                              .fallback = "none"},
                             catalogue(quantizer_registry()), &A::errors)},
      .check = check_activations};
  return table;
}

Key<LearnerRecipe> activations_key() {
  using R = LearnerRecipe;
  const KeyHead head{
      .name = "activations", .meaning = "what is done at the model's layers \"quantize\", or none", .fallback = "none"};
  Key<R> key = section_key<R, ActivationsConfig>(head, activations_keys(), nullptr);
  key.info.allowed = "none or an object";
  key.read = [head](const ConfigNode& object, R& recipe) {
    const ConfigNode node = value_or(object, head);
    recipe.activations.reset();
    if (node.json == "none") return;
    if (!node.json.is_object()) return node.refuse("\"none\" or an object");
    read_table(node, activations_keys(), recipe.activations.emplace());
  };
  key.write = [](const R& recipe, Json& object) {
    object["activations"] = recipe.activations ? write_table(activations_keys(), *recipe.activations) : Json("none");
  };
  key.copy = copier(&R::activations);
  return key;
}

}  // namespace steq
