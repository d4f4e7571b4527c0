// SPDX-License-Identifier: MIT
// The theorems held against every step of a training run, weight by weight: an observer of one pair of learners.
#pragma once

#include "sim/training/observer.hpp"
#include "theory/bounds/bounds_result.hpp"

namespace steq {

template <class T>
class PairBounds final : public Observer<T> {
 public:
  /// Of learner `a`, with an estimator, and learner `b`, with the STE, of a cohort whose `learners` outlive this and
  /// have made no update yet. About 200 records are made over `steps` updates. DomainError where M is needed and does
  /// not exist.
  PairBounds(const std::vector<Learner<T>>& learners, std::size_t a, std::size_t b, Step steps, int threads);

  void before_update(const UpdateView<T>& view) override;
  void after_step(Step step) override;
  void archive(Archive& a) override { a(step_, recorded_, tensors_); }
  /// When training is over, however it ended: makes the last record, unless it stands already.
  void finish();

  BoundsResult result() const;

 private:
  struct Tensor {
    std::size_t index;  // in the network
    TensorBounds bounds;
    std::vector<Tally> all, recent;  // [inequalities]: of all steps, and since the last record
    std::vector<BoundRecord> records;

    void archive(Archive& a) { a(bounds, all, recent, records); }
  };
  struct BlockAddress {
    std::size_t tensor, block;
  };

  std::span<const T> latent(std::size_t learner, const Tensor& tensor, std::size_t block) const;
  void feed(const BlockAddress& address, const UpdateView<T>& view);
  void collect(std::span<const Tally> tallies);
  void record();

  const std::vector<Learner<T>>& learners_;
  std::size_t a_, b_;
  Step every_, step_ = 0, recorded_ = 0;
  int threads_;
  std::vector<std::string> names_;  // of the inequalities
  std::vector<Tensor> tensors_;
  std::vector<BlockAddress> blocks_;  // of all tensors
};

}  // namespace steq
