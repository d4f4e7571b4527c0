// SPDX-License-Identifier: MIT
// Observers that only keep what they see.
#pragma once

#include <vector>

#include "sim/processes/change_points.hpp"
#include "sim/training/observer.hpp"

namespace steq {

/// Logs the change points of every quantized tensor of every learner.
template <class T>
class ChangeRecorder final : public Observer<T> {
 public:
  explicit ChangeRecorder(const std::vector<Learner<T>>& learners);
  void after_update(const StepView<T>& view) override;
  void archive(Archive& a) override { a(logs_); }
  /// [tensor of the network]; empty for tensors that are not quantized.
  const std::vector<ChangePointLog>& logs(std::size_t learner) const { return logs_[learner]; }
  std::size_t change_points(std::size_t learner) const;

 private:
  std::vector<std::vector<ChangePointLog>> logs_;  // [learner][tensor]
};

/// Keeps each learner's batch losses.
template <class T>
class LossRecorder final : public Observer<T> {
 public:
  explicit LossRecorder(std::size_t learners) : losses_(learners) {}
  void after_update(const StepView<T>& view) override { losses_[view.index].push_back(view.batch_loss); }
  void archive(Archive& a) override { a(losses_); }
  const std::vector<double>& losses(std::size_t learner) const { return losses_[learner]; }

 private:
  std::vector<std::vector<double>> losses_;  // [learner][steps]
};

/// Copies the latent weights of the tensors that are marked to be quantized, and the grid parameters of theirs that move,
/// at steps 0, every, 2 every, ... and at the last step.
template <class T>
class LatentRecorder final : public Observer<T> {
 public:
  LatentRecorder(const std::vector<Learner<T>>& learners, Step every, Step last);
  void after_update(const StepView<T>& view) override;
  void archive(Archive& a) override { a(steps_, latent_, numbers_); }
  /// Where training was stopped early: records the step that became the last, unless it stands already.
  void finish(const std::vector<Learner<T>>& learners, Step step);
  const std::vector<Step>& steps() const { return steps_; }
  /// [records, weights of the tensor]
  const std::vector<T>& latent(std::size_t learner, std::size_t tensor) const { return latent_[learner][tensor]; }
  /// [records, groups, numbers] of a tensor's grid parameters, or behind all tensors of a layer that quantizes
  /// activations; empty where the grid stands.
  const std::vector<double>& numbers(std::size_t learner, std::size_t tensor) const {
    return numbers_[learner][tensor];
  }

 private:
  void record(std::size_t index, const Learner<T>& learner);

  Step every_, last_;
  std::vector<Step> steps_;
  std::vector<std::vector<std::vector<T>>> latent_;        // [learner][tensor]
  std::vector<std::vector<std::vector<double>>> numbers_;  // [learner][tensor, then layer]
};

}  // namespace steq
