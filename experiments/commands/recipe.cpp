// SPDX-License-Identifier: MIT
#include "experiments/commands/recipe.hpp"

#include "sim/quantizers/range_one.hpp"
#include "theory/reasons.hpp"

namespace steq {
namespace {

void require_theory(const Quantizer& quantizer, const std::string& name) {
  if (const std::string why = obstacle_of_grid(quantizer); !why.empty())
    throw InputError("--quantizer", fmt::format("{} is not allowed: it {}, and the theorems speak of grids that stand; "
                                                "allowed: {}",
                                                name, why, join(quantizers_of_theory())));
}

/// A stand-in lets the estimator's own mistakes be found beside those of a quantizer of which theory does not speak.
Grid grid_for(const Quantizer* quantizer, const std::string& estimator) {
  if (quantizer && obstacle_of_grid(*quantizer).empty()) return quantizer->grid();
  const auto* entry = estimator_registry().find(estimator);
  const std::string usual = entry && !entry->info.needs.empty() ? entry->info.needs : "sign:range=1";
  return quantizer_registry().make(parse_spec(usual, ""), "", TensorShape{kFanInOfRangeOne})->grid();
}

}  // namespace

Recipe read_recipe(const std::string& estimator, const std::string& quantizer, const std::string& optimizer,
                   std::vector<Problem>& problems) {
  Recipe recipe;
  collect(problems, [&] {
    const Spec spec = parse_spec(quantizer, "--quantizer");
    recipe.quantizer = quantizer_registry().make(spec, "--quantizer", TensorShape{kFanInOfRangeOne});
    require_theory(*recipe.quantizer, spec.name);
  });
  collect(problems, [&] {
    const Spec spec = parse_spec(estimator, "--estimator");
    recipe.estimator = estimator_registry().make(spec, "--estimator", grid_for(recipe.quantizer.get(), spec.name));
  });
  collect(problems,
          [&] { recipe.optimizer = optimizer_registry().make(parse_spec(optimizer, "--optimizer"), "--optimizer"); });
  return recipe;
}

}  // namespace steq
