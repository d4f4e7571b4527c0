// SPDX-License-Identifier: MIT
#pragma once

#include "sim/training/learner.hpp"

namespace steq {

/// What one learner did in one step.
template <class T>
struct StepView {
  Step step;                  ///< updates done, 1 after the first
  std::size_t index;          ///< of the learner in its cohort
  const Learner<T>& learner;  ///< after the update
  double batch_loss;          ///< mean loss of the step's batch before the update, by the learner's own loss
  double batch_accuracy;      ///< likewise, in [0, 1]
  double learning_rate;       ///< of this update, schedule included
};

/// What one learner is about to do.
template <class T>
struct UpdateView {
  Step step;                             ///< updates that will be done after this one
  std::size_t index;                     ///< of the learner in its cohort
  const Learner<T>& learner;             ///< before the update
  double learning_rate;                  ///< of this update, schedule included
  std::span<const Buffer<T>> gradients;  ///< [tensor], dL/dQ(w) before the estimator
};

/// Sees every step of every learner, and nothing else; it cannot change anything.
template <class T>
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void before_update(const UpdateView<T>&) {}
  virtual void after_update(const StepView<T>&) {}
  /// When all learners have done the step.
  virtual void after_step(Step) {}
  /// What it must know to go on from a checkpoint.
  virtual void archive(Archive&) {}
};

}  // namespace steq
