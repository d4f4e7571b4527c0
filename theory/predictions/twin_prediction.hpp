// SPDX-License-Identifier: MIT
// Carries the leading-order error of every quantized weight of a learner beside its driven twin, in a network or not.
#pragma once

#include <vector>

#include "theory/driven_twin.hpp"
#include "theory/predictions/leading_error.hpp"

namespace steq {

/// Why the leading order of a recipe is not known here; empty where it is.
std::vector<std::string> prediction_obstacles(const Estimator& estimator, const Optimizer& optimizer);

template <class T>
class TwinPrediction final : public Observer<T> {
 public:
  /// Of the learner at `index`, whose twin is `twin`; both must outlive it.
  TwinPrediction(const Learner<T>& learner, const DrivenTwin<T>& twin, std::size_t index, int threads);

  void before_update(const UpdateView<T>& view) override;
  void archive(Archive& a) override { a(errors_); }

  /// Predicted M(w) - w_twin of each weight of a quantized tensor.
  const std::vector<double>& predicted(std::size_t tensor) const { return errors_[tensor].predicted(); }
  const std::vector<double>& variance(std::size_t tensor) const { return errors_[tensor].variance(); }

 private:
  void look(const UpdateView<T>& view, std::size_t tensor, std::size_t block);
  UpdateScales scales(const UpdateView<T>& view) const;

  const DrivenTwin<T>& twin_;
  std::size_t index_;
  int threads_;
  std::vector<LeadingError> errors_;              // [tensor]
  std::vector<std::vector<double>> gradients_;    // [tensor]: h
  std::vector<std::vector<WeightState>> states_;  // [tensor]
};

}  // namespace steq
