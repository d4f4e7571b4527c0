// SPDX-License-Identifier: MIT
#include "theory/shadow.hpp"

#include <algorithm>

namespace steq {

Shadow::Shadow(const Optimizer& optimizer, std::size_t weights)
    : optimizer_(&optimizer), states_(optimizer.state_count(), std::vector<double>(weights, 0.0)) {}

/// A weight at 0 moves to minus the update when the learning rate is 1, without rounding.
void Shadow::advance(std::size_t first, std::span<const double> gradient, Step step, std::span<double> update) {
  std::fill(update.begin(), update.end(), 0.0);
  UpdateBlock<double> block{update, gradient, {}};
  for (std::size_t s = 0; s < states_.size(); ++s)
    block.state[s] = std::span(states_[s]).subspan(first, gradient.size());
  optimizer_->update(block, {.learning_rate = 1, .update = step});
  for (double& u : update) u = -u;
}

}  // namespace steq
