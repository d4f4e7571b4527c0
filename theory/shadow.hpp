// SPDX-License-Identifier: MIT
// An optimizer that moves nothing: it shows what the learner's own rule would do with other gradients.
#pragma once

#include <span>
#include <vector>

#include "sim/core/archive.hpp"
#include "sim/optimizers/optimizer.hpp"

namespace steq {

/// The states of an optimizer for the weights of one tensor, in double whatever the learner's precision, fed with
/// gradients of the caller's choice. The optimizer's options (clipping, decay) have no part in it.
class Shadow {
 public:
  /// `optimizer` must outlive the shadow.
  Shadow(const Optimizer& optimizer, std::size_t weights);

  /// update[i] becomes what the rule subtracts from weight first + i at learning rate 1, and its states advance. Spans
  /// of equal size, at most kBlock; disjoint ranges of weights may be advanced at the same time. `step` is 1 for the
  /// first update.
  void advance(std::size_t first, std::span<const double> gradient, Step step, std::span<double> update);

  /// The state-th moment of every weight, in the optimizer's order: [weights].
  std::span<const double> state(std::size_t state) const { return states_[state]; }

  void archive(Archive& a) { a(states_); }

 private:
  const Optimizer* optimizer_;
  std::vector<std::vector<double>> states_;  // [states][weights]
};

}  // namespace steq
