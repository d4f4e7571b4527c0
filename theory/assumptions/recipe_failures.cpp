// SPDX-License-Identifier: MIT
#include "theory/assumptions/recipe_failures.hpp"

namespace steq {
namespace {

constexpr const char* kOutside =
    "the theorems do not speak of this recipe; its change points can be compared all the same";

Finding moving_grid(const QuantizedRecipe& recipe) {
  std::vector<std::string> parameters;
  for (const GridParameter& parameter : recipe.quantizer.parameters()) parameters.push_back(parameter.name);
  return {.name = "fixed-grid",
          .holds = false,
          .finding = fmt::format("the grid of {} moves while training: {}", recipe.quantizer_name, join(parameters)),
          .meaning = "the borders of bins move with the weights, and no map M keeps them where they are",
          .advice = kOutside};
}

Finding uneven_grid(const QuantizedRecipe& recipe) {
  return {.name = "even-grid",
          .holds = false,
          .finding =
              fmt::format("the thresholds of {} do not lie midway between evenly spaced levels", recipe.quantizer_name),
          .meaning = "alpha and M are computed for thresholds midway between the levels",
          .advice = kOutside};
}

Finding other_forward(const QuantizedRecipe& recipe) {
  const char* how = recipe.quantizer.soft() ? "soft values" : "values that are drawn at random";
  return {.name = "hard-forward",
          .holds = false,
          .finding = fmt::format("training with {} uses {} in place of the levels'", recipe.quantizer_name, how),
          .meaning = "the gradient is that of another function of the weights than the one whose levels are recorded",
          .advice = kOutside};
}

Finding cut_weights(const QuantizedRecipe& recipe) {
  return {.name = "latent-weights",
          .holds = false,
          .finding = fmt::format("storage {} changes what the optimizer's rule leaves", recipe.storage_name),
          .meaning = "steps that the map M carries over are cut in one learner at w and in the other at M(w)",
          .advice = kOutside};
}

}  // namespace

std::vector<Finding> recipe_failures(const QuantizedRecipe& recipe) {
  std::vector<Finding> failures;
  if (recipe.quantizer.moves())
    failures.push_back(moving_grid(recipe));
  else if (recipe.quantizer.has_levels() && recipe.quantizer.grid().delta == 0)
    failures.push_back(uneven_grid(recipe));
  if (recipe.quantizer.trains_otherwise()) failures.push_back(other_forward(recipe));
  if (!recipe.storage.keeps_all() || !recipe.storage.trains()) failures.push_back(cut_weights(recipe));
  return failures;
}

}  // namespace steq
