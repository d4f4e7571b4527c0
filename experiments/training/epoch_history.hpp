// SPDX-License-Identifier: MIT
// After every epoch: evaluates each learner, keeps the series that metrics need, and hands each entry on.
#pragma once

#include <functional>

#include "records/json_values.hpp"
#include "sim/training/cohort.hpp"

namespace steq {

/// The epochs of one learner so far.
struct LearnerHistory {
  std::vector<double> train_loss, train_accuracy;  ///< means over the epoch's batches, each before its update
  std::vector<double> test_loss, test_accuracy;    ///< with the levels' values

  void archive(Archive& a) { a(train_loss, train_accuracy, test_loss, test_accuracy); }
};

template <class T>
class EpochHistory final : public Observer<T> {
 public:
  /// `on_entry(learner, epoch, object for history.jsonl)` is called for every learner at the end of an epoch, epochs
  /// counted from 1.
  using OnEntry = std::function<void(std::size_t learner, std::size_t epoch, const Json& entry)>;

  EpochHistory(Cohort<T>& cohort, const Dataset& test, OnEntry on_entry);

  void after_update(const StepView<T>& view) override;
  void after_step(Step step) override;
  void archive(Archive& a) override { a(running_, histories_); }
  /// Ends the epoch that was cut short, where there is one; call it when training is over.
  void finish();
  const LearnerHistory& of(std::size_t learner) const { return histories_[learner]; }

 private:
  struct Running {
    double loss = 0, accuracy = 0, learning_rate = 0;
    std::size_t steps = 0;
  };

  void end_epoch(std::size_t learner);
  Json entry_of(std::size_t learner, const Running& running);

  Cohort<T>& cohort_;
  const Dataset& test_;
  OnEntry on_entry_;
  std::vector<Running> running_;
  std::vector<LearnerHistory> histories_;
};

}  // namespace steq
