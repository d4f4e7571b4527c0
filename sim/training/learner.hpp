// SPDX-License-Identifier: MIT
// One network's weights with their quantizer, estimator and optimizer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/nn/network.hpp"
#include "sim/optimizers/schedule.hpp"
#include "sim/training/initial_weights.hpp"
#include "sim/training/weight_tensor.hpp"

namespace steq {

/// Everything that tells one learner of a cohort from another. Quantizer and estimator are bound to each layer.
struct LearnerSetup {
  std::string name;
  Spec quantizer;
  Spec estimator;
  Spec optimizer;
  double learning_rate = 0;     ///< peak, in weight units per unit of gradient (sgd)
  Schedule schedule = nullptr;  ///< null: constant
  Spec storage = {"latent", {}};
  Spec loss = {"cross-entropy", {}};
  TensorValues initial;              ///< all tensors of the network, M applied where it applies
  std::vector<double> rate_factors;  ///< [tensors]: alpha for quantized tensors of an STE equivalent, else 1
  std::uint64_t seed = 0;            ///< of noise, where quantizer or estimator draw any
  TensorValues statistics = {};      ///< of norms; empty: as the layers begin
  bool rounding = false;             ///< the control: its pre-activations are rounded otherwise
};

template <class T>
class Learner {
 public:
  /// InputError naming `setup.name` where a quantizer, estimator or optimizer does not exist or has bad parameters.
  Learner(const LearnerSetup& setup, const std::vector<TensorInfo>& tensors,
          const std::vector<StatisticInfo>& statistics);

  const std::string& name() const { return name_; }
  double learning_rate() const { return learning_rate_; }
  /// Share of the peak rate that update c = 0, 1, ... of n has.
  double rate_share(Step c, Step n) const { return schedule_ ? schedule_(c, n) : 1; }
  const Optimizer& optimizer() const { return *optimizer_; }
  const Loss& loss() const { return *loss_; }
  const std::vector<WeightTensor<T>>& tensors() const { return tensors_; }
  const std::vector<Buffer<T>>& statistics() const { return statistics_; }

  /// Whether its pre-activations are rounded otherwise, which wants a network without fusions.
  bool rounds_otherwise() const { return rounding_; }

  /// For a pass of that step through a Network; `gradients` [tensor] are filled in by the caller.
  LearnerArrays<T> arrays(Step step);

  /// One optimizer update from the gradients, [tensor]. NumericalError where a weight becomes NaN or infinite.
  void update(std::span<const Buffer<T>> gradients, double rate_share, Step step, int threads);

  /// Bitwise equal in all that a pass sees but for rounding: one pass gives the gradients of both.
  bool same_network(const Learner& other) const;
  void copy_statistics(const Learner& other);

  void archive(Archive& a) { a(tensors_, statistics_); }

 private:
  struct BlockAddress {
    std::size_t tensor, block;
  };

  void make_tensor(const LearnerSetup& setup, const TensorInfo& info);
  double gradient_norm(const UpdateJob<T>& job, int threads) const;
  void move_grids(const UpdateContext& context, int threads);

  std::string name_;
  double learning_rate_;
  Schedule schedule_;
  std::uint64_t seed_;
  bool rounding_;
  std::unique_ptr<Optimizer> optimizer_;
  std::unique_ptr<Storage> storage_;
  std::string loss_spec_;
  std::unique_ptr<Loss> loss_;
  std::vector<WeightTensor<T>> tensors_;
  std::vector<Buffer<T>> statistics_;
  std::vector<BlockAddress> blocks_;  // of all tensors that updates see
};

}  // namespace steq
