// SPDX-License-Identifier: MIT
// The STE equivalent of a learner, driven by that learner's own gradients. Between two learners of a network the
// difference feeds back through the gradients; between a learner and its driven twin it does not: what parts these two
// is the estimator alone, and it is this part that theory predicts.
#pragma once

#include <vector>

#include "sim/training/observer.hpp"
#include "theory/chart.hpp"

namespace steq {

template <class T>
class DrivenTwin final : public Observer<T> {
 public:
  /// The twin of the learner at `index`, from where that learner stands: before its first update. In double whatever
  /// T is.
  DrivenTwin(const Learner<T>& learner, const LearnerSetup& setup, std::size_t index, int threads);

  void before_update(const UpdateView<T>& view) override;
  void archive(Archive& a) override { a(twin_); }

  /// Tensors of the network that are quantized, ascending.
  const std::vector<std::size_t>& tensors() const { return quantized_; }
  const Chart& chart(std::size_t tensor) const { return charts_[tensor]; }
  /// Latent weights of the twin.
  std::span<const double> latent(std::size_t tensor) const { return twin_.tensors()[tensor].latent(); }

  /// M(w) - w_twin of every weight of a quantized tensor, `learner` being the one that is followed.
  std::vector<double> signed_errors(const Learner<T>& learner, std::size_t tensor) const;

 private:
  std::size_t index_;
  int threads_;
  std::vector<std::size_t> quantized_;
  std::vector<Chart> charts_;              // [tensor]
  std::vector<Buffer<double>> gradients_;  // [tensor]
  Learner<double> twin_;
};

}  // namespace steq
