// SPDX-License-Identifier: MIT
#include "experiments/commands/recipe.hpp"

#include "sim/quantizers/range_one.hpp"

namespace steq {

Recipe read_recipe(const std::string& estimator, const std::string& quantizer, const std::string& optimizer,
                   std::vector<Problem>& problems) {
  Recipe recipe;
  collect(problems, [&] {
    recipe.quantizer = quantizer_registry().make(parse_spec(quantizer, "--quantizer"), "--quantizer", kFanInOfRangeOne);
  });
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
