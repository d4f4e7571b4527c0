// SPDX-License-Identifier: MIT
// A network without weights: it runs forward and backward passes for whoever brings the values. One network serves all
// learners of a cohort, one after the other.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/core/buffer.hpp"
#include "sim/data/augmentation.hpp"
#include "sim/data/dataset.hpp"
#include "sim/nn/batch_plan.hpp"
#include "sim/nn/gradient_lanes.hpp"
#include "sim/nn/loss.hpp"
#include "sim/nn/memory_plan.hpp"
#include "sim/nn/rounding.hpp"
#include "sim/nn/spec.hpp"

namespace steq {

/// Samples of a dataset, by index.
struct Batch {
  const Dataset* data = nullptr;
  std::span<const std::uint32_t> samples;
  std::span<const View> views = {};  ///< [samples]; empty: the images as they are
};

/// The arrays of one learner, in the order of Network::tensors(), Network::statistics() and Network::activations().
template <class T>
struct LearnerArrays {
  std::vector<const T*> values;  ///< what the forward pass uses: quantized where quantized
  std::vector<T*> statistics;
  std::vector<T*> gradients;                     ///< dL/dQ(w), written by training
  std::vector<ActivationRule> activations = {};  ///< empty: the learner has none
  std::optional<Rounding> rounding = {};         ///< where pre-activations are to be rounded otherwise
  const Loss* loss = &cross_entropy_loss();
  /// [tensors]: where the outputs of a tensor's layer are left as well, [samples, outputs]; null: nowhere. Only of a
  /// network without fusions; empty: none is wanted.
  std::span<T* const> pre_activations = {};
  const T* teacher = nullptr;  ///< a teacher's logits of the batch at hand, [samples, classes]; null without one
};

/// Whether layers that follow each other may be fused (sim/nn/rewrites.hpp). A fused layer keeps its pre-activations to
/// itself, and may round them otherwise.
enum class Fusions { all, none };

template <class T>
class Network {
 public:
  /// For batches of exactly batch_size. InputError where the layers do not fit each other.
  Network(const ModelSpec& model, std::size_t batch_size, int threads, Fusions fusions = Fusions::all);

  const std::vector<TensorInfo>& tensors() const { return graph_.tensors; }
  const std::vector<StatisticInfo>& statistics() const { return graph_.statistics; }
  const std::vector<ActivationInfo>& activations() const { return graph_.activations; }
  const SampleShape& input() const { return graph_.buffers[0]; }
  std::size_t classes() const { return graph_.buffers[graph_.output].channels; }
  /// Of one sample, of the layer that the tensor belongs to.
  const SampleShape& output_of(std::size_t tensor) const;

  /// Forward and backward of one batch: overwrites the gradients, updates the statistics; losses [batch size].
  void train(const Batch& batch, const LearnerArrays<T>& learner, std::span<SampleLoss> losses);

  /// Forward of a whole dataset with the running statistics; logits [samples, classes].
  void evaluate(const Dataset& data, const LearnerArrays<T>& learner, std::span<T> logits);
  /// The same of a batch of any size.
  void evaluate(const Batch& batch, const LearnerArrays<T>& learner, std::span<T> logits);

 private:
  /// A micro-batch on its way, or the strip of it whose turn it is.
  struct Job {
    const Batch* batch;
    const LearnerArrays<T>* learner;
    std::span<SampleLoss> losses;
    Mode mode;
    SampleRange micro_batch;
    SampleRange part;  // of the micro-batch
    std::size_t index, slot, lane, thread;
    bool accumulate;
  };
  /// Of a layer's work on the whole batch.
  struct BatchPiece {
    std::size_t node, piece;
  };
  /// [slot, micro_batch_, sample], or [thread, strip_, sample]
  struct Memory {
    Region region;
    std::size_t step;  // values from one slot or thread to the next
    Buffer<T> data;
  };

  std::vector<Memory> reserve(const MemoryPlan& plan) const;
  void reserve_addends();
  GradientLanes<T> reserve_lanes() const;
  std::size_t slots() const;
  void prepare(const LearnerArrays<T>& learner, Mode mode);
  T* value(std::size_t buffer, const Job& job);
  T* gradient(std::size_t buffer, const Job& job);
  T* part_of(Memory& memory, std::size_t buffer, const Job& job) const;
  std::span<T* const> gradients_of(const Node<T>& node, std::size_t lane) const;
  PassSizes sizes_of(std::size_t node) const;
  static std::vector<SampleRange> parts(std::size_t samples, const Stretch& stretch) {
    return cut_evenly(samples, stretch.by_strips ? stretch.strip : samples);
  }
  Pass<T> pass_of(const Node<T>& node, const Job& job);
  void load(const Job& job);
  void run(const Stretch& stretch, const Job& job);
  void run(const Operation& operation, const Job& job);
  void run_forward(const Node<T>& node, const Pass<T>& pass, const Job& job);
  void keep_pre_activations(const Node<T>& node, const Pass<T>& pass, const Job& job) const;
  void run_backward(std::size_t node, const Job& job);
  void run_loss(const Job& job);
  void combine(const Segment& segment);
  void run_batch_pieces();
  void check_images(const Dataset& data) const;

  Graph<T> graph_;
  BatchPlan batch_plan_;
  ExecutionPlan execution_plan_;
  MemoryPlan value_plan_, gradient_plan_;
  std::size_t micro_batch_, strip_;  // samples of the largest
  int threads_;
  bool synchronized_ = false;  // some layer needs sums over the whole batch: every micro-batch keeps its slot
  std::vector<BatchPiece> batch_pieces_;
  std::vector<Memory> values_, gradients_;  // [region]
  std::vector<Buffer<T>> addends_;          // [thread]
  GradientLanes<T> lanes_;                  // group by segment
};

}  // namespace steq
