// SPDX-License-Identifier: MIT
// One network's weights with their quantizer, estimator and optimizer.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/nn/network.hpp"
#include "sim/optimizers/schedule.hpp"
#include "sim/training/activation_quantizer.hpp"
#include "sim/training/initial_weights.hpp"
#include "sim/training/teachers.hpp"
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
  std::optional<ActivationsSetup> activations = {};  ///< at every layer `quantize`; nothing: the identity
  /// What grid parameters begin with where they make no start of their own, by tensor or layer.
  std::map<std::string, NamedNumbers> grid_numbers = {};
  std::shared_ptr<const TeacherSetup> teacher = nullptr;  ///< where the loss needs one
  std::map<std::string, Spec> quantizers = {};            ///< of tensors that have one of their own

  const Spec& quantizer_of(const std::string& tensor) const {
    const auto own = quantizers.find(tensor);
    return own == quantizers.end() ? quantizer : own->second;
  }
};

/// What a learner is made for.
struct LearnerFrame {
  std::span<const TensorInfo> tensors;
  std::span<const StatisticInfo> statistics = {};
  std::span<const ActivationInfo> activations = {};
  Step updates_per_epoch = 0;  ///< 0: one endless epoch
};

/// Which values of weights and activations an evaluation uses.
enum class Forward {
  hard,  ///< the levels': what one would deploy
  soft,  ///< those of the last update
};

template <class T>
class Learner {
 public:
  /// InputError naming `setup.name` where a quantizer, estimator or optimizer does not exist or has bad parameters.
  Learner(const LearnerSetup& setup, const LearnerFrame& frame);

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

  /// [layers `quantize`], or empty.
  const std::vector<ActivationQuantizer>& activations() const { return activations_; }
  /// Whether it trains with other values than those of its levels, smooth ones.
  bool soft() const;

  /// For the training pass of that step, over so many samples, through a Network; `gradients` [tensor] are filled in by
  /// the caller.
  LearnerArrays<T> training_arrays(Step step, std::size_t batch);
  /// For an evaluation after so many updates.
  LearnerArrays<T> evaluation_arrays(Step updates, Forward forward);

  /// Whether activation quantizers wait for the first batch.
  bool waits() const;
  /// measure(arrays) makes a training pass over the first batch of so many samples; layer after layer begins with what
  /// it meets there.
  void begin(std::size_t batch, const std::function<void(const LearnerArrays<T>&)>& measure);

  /// One optimizer update from the gradients, [tensor]. NumericalError where a weight
  /// or a grid parameter becomes NaN or infinite.
  void update(std::span<const Buffer<T>> gradients, double rate_share, Step step, int threads);

  /// Bitwise equal in all that a pass sees but for rounding: one pass gives the gradients of both.
  bool same_network(const Learner& other) const;
  /// What the pass of another left behind beside the gradients of tensors.
  void copy_pass(const Learner& other);

  void archive(Archive& a) { a(tensors_, statistics_, activations_); }

 private:
  struct BlockAddress {
    std::size_t tensor, block;
  };

  void make_tensor(const LearnerSetup& setup, const TensorInfo& info, Step updates_per_epoch);
  void make_activations(const LearnerSetup& setup, const LearnerFrame& frame);
  LearnerArrays<T> arrays(Step step);
  double gradient_norm(const UpdateJob<T>& job, int threads) const;
  void require_finite(Step step) const;
  void gather(const UpdateJob<T>& job, int threads);
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
  std::string activations_spec_;  // empty: none
  std::vector<ActivationQuantizer> activations_;
  std::vector<BlockAddress> blocks_;  // of all tensors that updates see
};

}  // namespace steq
