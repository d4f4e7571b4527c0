// SPDX-License-Identifier: MIT
#include "experiments/training/epoch_history.hpp"

#include "experiments/training/grid_parameters_json.hpp"

namespace steq {
namespace {

/// Of the epoch's last update, by tensor; of learners whose storage rounds what updates add.
template <class T>
Json moved_shares(const Learner<T>& learner) {
  Json shares = Json::object();
  for (const WeightTensor<T>& tensor : learner.tensors())
    if (const auto share = tensor.moved_share()) shares[tensor.info().name] = *share;
  return shares;
}

}  // namespace

template <class T>
EpochHistory<T>::EpochHistory(Cohort<T>& cohort, const Dataset& test, OnEntry on_entry)
    : cohort_(cohort),
      test_(test),
      on_entry_(std::move(on_entry)),
      running_(cohort.learners().size()),
      histories_(cohort.learners().size()) {}

template <class T>
void EpochHistory<T>::after_update(const StepView<T>& view) {
  Running& running = running_[view.index];
  running.loss += view.batch_loss;
  running.accuracy += view.batch_accuracy;
  running.learning_rate = view.learning_rate;
  ++running.steps;
}

template <class T>
void EpochHistory<T>::after_step(Step step) {
  if (step % cohort_.steps_per_epoch() == 0) finish();
}

template <class T>
void EpochHistory<T>::finish() {
  for (std::size_t i = 0; i < running_.size(); ++i)
    if (running_[i].steps > 0) end_epoch(i);
}

template <class T>
void EpochHistory<T>::end_epoch(std::size_t learner) {
  const Running running = std::exchange(running_[learner], {});
  const Evaluation test = cohort_.evaluate(learner, test_);
  LearnerHistory& history = histories_[learner];
  const auto steps = static_cast<double>(running.steps);
  history.train_loss.push_back(running.loss / steps);
  history.train_accuracy.push_back(running.accuracy / steps);
  history.test_loss.push_back(test.loss);
  history.test_accuracy.push_back(test.accuracy);
  on_entry_(learner, history.test_loss.size(), entry_of(learner, running));
}

/// Where training uses soft values the test with them stands beside.
template <class T>
Json EpochHistory<T>::entry_of(std::size_t index, const Running& running) {
  const LearnerHistory& history = histories_[index];
  const Learner<T>& learner = cohort_.learners()[index];
  Json entry{{"learner", learner.name()},
             {"epoch", history.test_loss.size()},
             {"step", cohort_.steps_done()},
             {"learning_rate", to_json(running.learning_rate)},
             {"train_loss", to_json(history.train_loss.back())},
             {"train_accuracy", to_json(history.train_accuracy.back())},
             {"test_loss", to_json(history.test_loss.back())},
             {"test_accuracy", to_json(history.test_accuracy.back())}};
  if (learner.soft()) {
    const Evaluation soft = cohort_.evaluate(index, test_, Forward::soft);
    entry["soft_test_loss"] = to_json(soft.loss);
    entry["soft_test_accuracy"] = to_json(soft.accuracy);
  }
  if (Json shares = moved_shares(learner); !shares.empty()) entry["moved_weight_share"] = std::move(shares);
  if (Json numbers = grid_parameters_json(learner); !numbers.empty()) entry["grid_parameters"] = std::move(numbers);
  return entry;
}

template class EpochHistory<float>;
template class EpochHistory<double>;

}  // namespace steq
