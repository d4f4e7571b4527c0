// SPDX-License-Identifier: MIT
#include "experiments/commands/recipe.hpp"

#include "sim/quantizers/range_one.hpp"
#include "theory/reasons.hpp"

namespace steq {
namespace {

std::unique_ptr<Quantizer> standing_quantizer(const Spec& spec) {
  auto quantizer = quantizer_registry().make(spec, "--quantizer", TensorShape{kFanInOfRangeOne});
  if (const std::string why = obstacle_of_grid(*quantizer); !why.empty())
    throw InputError("--quantizer", fmt::format("{} is not allowed: it {}, and the theorems speak of grids that stand; "
                                                "allowed: uniform, sign or integer",
                                                spec.name, why));
  return quantizer;
}

}  // namespace

Recipe read_recipe(const std::string& estimator, const std::string& quantizer, const std::string& optimizer,
                   std::vector<Problem>& problems) {
  Recipe recipe;
  collect(problems, [&] { recipe.quantizer = standing_quantizer(parse_spec(quantizer, "--quantizer")); });
  collect(problems, [&] {
    // A stand-in grid lets the estimator's own mistakes be found beside those of the quantizer.
    const Grid stand_in{.levels = {-1, 1}, .thresholds = {0}, .range = 1, .delta = 2};
    recipe.estimator = estimator_registry().make(parse_spec(estimator, "--estimator"), "--estimator",
                                                 recipe.quantizer ? recipe.quantizer->grid() : stand_in);
  });
  collect(problems,
          [&] { recipe.optimizer = optimizer_registry().make(parse_spec(optimizer, "--optimizer"), "--optimizer"); });
  return recipe;
}

}  // namespace steq
