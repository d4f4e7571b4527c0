// SPDX-License-Identifier: MIT
#include "theory/assumptions/moving_grid.hpp"

namespace steq {

Finding moving_grid(const Quantizer& quantizer, const std::string& name) {
  std::vector<std::string> parameters;
  for (const GridParameter& parameter : quantizer.parameters()) parameters.push_back(parameter.name);
  Finding finding{.name = "fixed-grid", .holds = false};
  finding.finding = fmt::format("the grid of {} moves while training: {}", name, join(parameters));
  finding.meaning = "the borders of bins move with the weights, and no map M keeps them where they are";
  finding.advice = "the theorems do not speak of this recipe; its change points can be compared all the same";
  return finding;
}

}  // namespace steq
