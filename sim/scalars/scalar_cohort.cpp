// SPDX-License-Identifier: MIT
#include "sim/scalars/scalar_cohort.hpp"

#include "sim/core/parallel.hpp"
#include "sim/quantizers/range_one.hpp"

namespace steq {

TensorInfo ScalarCohort::tensor(std::size_t weights) {
  return {"w", {weights}, kFanInOfRangeOne, Initialization::he_uniform, true};
}

ScalarCohort::ScalarCohort(std::size_t weights, const GradientSource& source, const std::vector<LearnerSetup>& learners,
                           int threads)
    : source_(source), threads_(threads), gradients_(1) {
  gradients_[0] = Buffer<double>(weights);
  const std::vector<TensorInfo> tensors{tensor(weights)};
  for (const LearnerSetup& setup : learners) learners_.emplace_back(setup, LearnerFrame{.tensors = tensors});
}

void ScalarCohort::draw_gradients() {
  const std::span<double> gradient = gradients_[0].span();
  const std::size_t blocks = (gradient.size() + kBlock - 1) / kBlock;
  parallel_for(blocks, threads_, [&](std::size_t b, int) {
    const std::size_t first = b * kBlock;
    source_.fill(step_ + 1, first, gradient.subspan(first, std::min(kBlock, gradient.size() - first)));
  });
}

void ScalarCohort::step(std::span<Observer<double>* const> observers) {
  draw_gradients();
  Lockstep<double> lockstep(learners_, observers, {step_ + 1, step_ + 1, threads_});
  for (std::size_t i = 0; i < learners_.size(); ++i) lockstep.update(i, gradients_, {});
  lockstep.settle();
  ++step_;
  lockstep.tell();
}

void ScalarCohort::run(Step steps, std::span<Observer<double>* const> observers, const std::atomic<bool>& stop) {
  while (step_ < steps && !stop) step(observers);
}

}  // namespace steq
