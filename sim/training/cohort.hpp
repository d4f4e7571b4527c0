// SPDX-License-Identifier: MIT
// Learners trained in lockstep on the same batches.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "sim/codings/geometry.hpp"
#include "sim/nn/network.hpp"
#include "sim/training/batches.hpp"
#include "sim/training/learner.hpp"
#include "sim/training/lockstep.hpp"
#include "sim/training/teachers.hpp"

namespace steq {

struct CohortSettings {
  std::size_t batch_size = 1;  ///< at most the number of training samples
  std::size_t steps = 0;       ///< updates of each learner
  bool shuffle = true;
  std::uint64_t seed = 1;
  Augmentation augmentation = nullptr;  ///< of the training images; none: as they are
  int threads = 1;
  /// While learners are bitwise equal in all that a forward pass sees, one pass serves them all; no result depends on
  /// it.
  bool share_passes = true;
};

/// Of what one would deploy of a quantized tensor, against its latent weights; means over the outputs.
struct TensorGeometry {
  std::string tensor;
  std::size_t fan_in = 1;
  Geometry geometry = {};
  /// Of the layer's outputs with either, over at most the first 1000 samples, where outputs vary.
  std::optional<double> dot_product_correlation = {};
};

struct Evaluation {
  double loss = 0;             ///< mean, by the learner's own loss
  double accuracy = 0;         ///< share of samples in [0, 1]
  std::vector<double> logits;  ///< [samples, classes]
};

template <class T>
class Cohort {
 public:
  /// `data` must outlive the cohort.
  Cohort(const ModelSpec& model, const Dataset& data, const std::vector<LearnerSetup>& learners,
         const CohortSettings& settings);

  const Network<T>& network() const { return network_; }
  const std::vector<Learner<T>>& learners() const { return learners_; }
  std::size_t steps_per_epoch() const { return batches_.steps_per_epoch(); }
  Step steps_done() const { return step_; }

  /// Trains until all steps are done or `stop` is set (looked at after every step). NumericalError where a learner
  /// breaks down: that step is then not reported to the observers.
  void run(std::span<Observer<T>* const> observers, const std::atomic<bool>& stop);
  /// One step of every learner.
  void step(std::span<Observer<T>* const> observers);

  /// Where all learners stand; read into a cohort made of the same setups, training goes on as if it had not ended.
  void archive(Archive& a) { a(step_, leader_, learners_); }

  /// With the running statistics of norms, and what one would deploy, or the soft values of the last update.
  Evaluation evaluate(std::size_t learner, const Dataset& data, Forward forward = Forward::hard);
  /// What the layers `quantize` of a learner are given on `data`, with the levels' values; empty where it quantizes no
  /// activations.
  std::vector<ActivationHistogram> activation_histograms(std::size_t learner, const Dataset& data);
  /// Of all its quantized tensors, with `data` as the network's inputs.
  std::vector<TensorGeometry> geometry(std::size_t learner, const Dataset& data);
  /// What one would deploy of a learner: the values of its levels, [tensors][weights]; they stand until the next call.
  std::vector<const T*> deployed(std::size_t learner) {
    return learners_[learner].evaluation_arrays(step_, Forward::hard).values;
  }

 private:
  Batch next_batch();
  void begin_activations();
  Network<T>& unfused();
  Network<T>& network_of(const Learner<T>& learner) { return learner.rounds_otherwise() ? unfused() : network_; }
  bool may_share_pass(std::size_t a, std::size_t b) const;
  void find_equal_learners();
  BatchResult train(std::size_t learner, const Batch& batch);

  ModelSpec model_;
  CohortSettings settings_;
  const Dataset* data_;
  Network<T> network_;
  std::unique_ptr<Network<T>> unfused_;  // made when it is needed
  BatchSequence batches_;
  std::vector<View> views_;  // of the batch at hand; empty without augmentation
  std::vector<Learner<T>> learners_;
  Teachers<T> teachers_;
  std::vector<Buffer<T>> gradients_;  // [tensor], of the learner at hand
  std::vector<std::size_t> leader_;   // [learner]: the first that was always equal to it, or itself: its pass serves it
  std::vector<SampleLoss> losses_;    // [batch size]
  Step step_ = 0;
};

}  // namespace steq
