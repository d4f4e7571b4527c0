// SPDX-License-Identifier: MIT
// The step that all learners of a cohort make together, wherever their gradients come from.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/core/errors.hpp"
#include "sim/training/observer.hpp"

namespace steq {

/// What a learner made of a batch before the update.
struct BatchResult {
  double loss = 0, accuracy = 0;  ///< means over the batch
};

/// To be used once for every step: every learner is updated, then the step is settled, then it is told.
template <class T>
class Lockstep {
 public:
  struct Job {
    Step step;   ///< updates that will be done after this one
    Step steps;  ///< updates of the whole run, for schedules
    int threads;
  };

  /// Learners and observers must outlive this.
  Lockstep(std::vector<Learner<T>>& learners, std::span<Observer<T>* const> observers, const Job& job);

  /// Shows the update to the observers and makes it; gradients by tensor. A breakdown, also one of an observer, is kept:
  /// all learners are to do the step, so that nobody stands ahead.
  void update(std::size_t learner, std::span<const Buffer<T>> gradients, const BatchResult& result);
  /// Throws the first NumericalError of the step; then it must not be told.
  void settle() const;
  /// Tells the observers what the learners did.
  void tell() const;

 private:
  double rate_share(std::size_t learner) const { return learners_[learner].rate_share(job_.step - 1, job_.steps); }
  double rate(std::size_t learner) const { return learners_[learner].learning_rate() * rate_share(learner); }

  std::vector<Learner<T>>& learners_;
  std::span<Observer<T>* const> observers_;
  Job job_;
  std::vector<BatchResult> results_;  // [learner]
  std::optional<NumericalError> breakdown_;
};

}  // namespace steq
