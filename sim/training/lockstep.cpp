// SPDX-License-Identifier: MIT
#include "sim/training/lockstep.hpp"

#include <cmath>

namespace steq {
namespace {

void check_loss(Step step, const std::string& learner, double loss) {
  if (!std::isfinite(loss))
    throw NumericalError(step, learner, "loss",
                         fmt::format("the batch's loss is {}; lower the learning rate", to_text(Value(loss))));
}

}  // namespace

template <class T>
Lockstep<T>::Lockstep(std::vector<Learner<T>>& learners, std::span<Observer<T>* const> observers, const Job& job)
    : learners_(learners), observers_(observers), job_(job), results_(learners.size()) {}

template <class T>
void Lockstep<T>::update(std::size_t learner, std::span<const Buffer<T>> gradients, const BatchResult& result) {
  const auto keep_breakdown = [&](const auto& act) {
    try {
      act();
    } catch (const NumericalError& error) {
      if (!breakdown_) breakdown_ = error;
    }
  };
  Learner<T>& moved = learners_[learner];
  results_[learner] = result;
  for (Observer<T>* observer : observers_)
    keep_breakdown([&] { observer->before_update({job_.step, learner, moved, rate(learner), gradients}); });
  keep_breakdown([&] {
    moved.update(gradients, rate_share(learner), job_.step, job_.threads);
    check_loss(job_.step, moved.name(), result.loss);
  });
}

template <class T>
void Lockstep<T>::settle() const {
  if (breakdown_) throw NumericalError(*breakdown_);
}

template <class T>
void Lockstep<T>::tell() const {
  for (Observer<T>* observer : observers_) {
    for (std::size_t i = 0; i < learners_.size(); ++i)
      observer->after_update({job_.step, i, learners_[i], results_[i].loss, results_[i].accuracy, rate(i)});
    observer->after_step(job_.step);
  }
}

template class Lockstep<float>;
template class Lockstep<double>;

}  // namespace steq
