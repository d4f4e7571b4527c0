// SPDX-License-Identifier: MIT
// Learners without a network: many weights, each driven by given gradients. They are the learners that networks train,
// with the same update, and the same observers see them.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "sim/scalars/gradient_source.hpp"
#include "sim/training/lockstep.hpp"

namespace steq {

class ScalarCohort {
 public:
  /// The one tensor "w" of `weights` weights, in a layer whose fan-in makes W = 1 unless the quantizer has its own.
  static TensorInfo tensor(std::size_t weights);

  /// `learners` have that one tensor. The source must outlive the cohort.
  ScalarCohort(std::size_t weights, const GradientSource& source, const std::vector<LearnerSetup>& learners,
               int threads);

  const std::vector<Learner<double>>& learners() const { return learners_; }
  Step steps_done() const { return step_; }

  /// One step of every learner, at its own constant rate. NumericalError where one breaks down: that step is then not
  /// told to the observers, and not counted.
  void step(std::span<Observer<double>* const> observers);
  void run(Step steps, std::span<Observer<double>* const> observers, const std::atomic<bool>& stop);

 private:
  void draw_gradients();

  const GradientSource& source_;
  int threads_;
  std::vector<Learner<double>> learners_;
  std::vector<Buffer<double>> gradients_;  // of the one tensor
  Step step_ = 0;
};

}  // namespace steq
