// SPDX-License-Identifier: MIT
// A network without weights: it runs forward and backward passes for whoever brings the values. One network serves all
// learners of a cohort, one after the other.
#pragma once

#include <span>
#include <vector>

#include "sim/core/buffer.hpp"
#include "sim/data/augmentation.hpp"
#include "sim/data/dataset.hpp"
#include "sim/nn/batch_plan.hpp"
#include "sim/nn/graph_builder.hpp"
#include "sim/nn/loss.hpp"

namespace steq {

/// Samples of a dataset, by index.
struct Batch {
  const Dataset* data = nullptr;
  std::span<const std::uint32_t> samples;
  std::span<const View> views = {};  ///< [samples]; empty: the images as they are
};

/// The arrays of one learner, in the order of Network::tensors() and Network::statistics().
template <class T>
struct LearnerArrays {
  std::vector<const T*> values;  ///< what the forward pass uses: quantized where quantized
  std::vector<T*> statistics;
  std::vector<std::vector<T*>> gradients;  ///< [lane][tensor]; null where only the first lane has any
};

template <class T>
class Network {
 public:
  /// For batches of exactly batch_size. InputError where the layers do not fit each other.
  Network(const ModelSpec& model, std::size_t batch_size, int threads);

  const std::vector<TensorInfo>& tensors() const { return graph_.tensors; }
  const std::vector<StatisticInfo>& statistics() const { return graph_.statistics; }
  const Shape& input() const { return graph_.buffers[0]; }
  std::size_t classes() const { return graph_.buffers[graph_.output].channels; }
  std::size_t lanes() const { return plan_.lanes(); }
  /// Of that tensor: all of them, or one.
  std::size_t lanes(std::size_t tensor) const { return adds_by_lanes_[tensor] ? plan_.lanes() : 1; }

  /// Forward and backward of one batch: overwrites the gradients, updates the statistics; losses [batch size].
  void train(const Batch& batch, const LearnerArrays<T>& learner, std::span<SampleLoss> losses);

  /// Forward of a whole dataset with the running statistics; logits [samples, classes].
  void evaluate(const Dataset& data, const LearnerArrays<T>& learner, std::span<T> logits);

 private:
  enum class Phase { collect_forward, forward, loss, collect_backward, backward };
  struct Operation {
    Phase phase;
    std::size_t node;
  };
  /// Operations that follow each other, on the whole tile or strip by strip.
  struct Run {
    bool by_strips;
    std::vector<Operation> operations;
  };
  /// What each tile can do without waiting for the others.
  using Segment = std::vector<Run>;
  struct TileJob;
  /// Of a layer's work on the whole batch.
  struct BatchPiece {
    std::size_t node, piece;
  };
  /// Of every slot, for a tile.
  struct Memory {
    std::size_t sample = 0;  // values a sample at most
    Buffer<T> data = {};     // [slot, tile_, sample]
  };

  void plan_gradients();
  void plan_program();
  void add_operation(Segment& segment, const Operation& operation) const;
  void place_gradients();
  void reserve();
  void prepare(const LearnerArrays<T>& learner, Mode mode);
  T* value(std::size_t buffer, const TileJob& job) { return part_of(values_[buffer], buffer, job); }
  T* gradient(std::size_t buffer, const TileJob& job) { return part_of(gradients_[place_[buffer]], buffer, job); }
  T* part_of(Memory& memory, std::size_t buffer, const TileJob& job) const;
  static std::span<T* const> gradients_of(const Node<T>& node, const LearnerArrays<T>& learner, std::size_t lane);
  PassPlan plan_of(const Layer<T>& layer) const;
  Pass<T> pass_of(const Node<T>& node, const TileJob& job);
  void load(const TileJob& job);
  void run(const Run& run, const TileJob& job);
  void run(const Operation& operation, const TileJob& job);
  void run_backward(std::size_t node, const TileJob& job);
  void run_loss(const TileJob& job);
  void combine(const Segment& segment);
  void run_batch_pieces(const LearnerArrays<T>& learner);
  void check_images(const Dataset& data) const;

  Graph<T> graph_;
  BatchPlan plan_;
  std::size_t tile_;  // samples of the largest tile
  int threads_;
  bool synchronized_ = false;  // some layer needs sums over the whole batch: every tile keeps its slot
  std::vector<Segment> program_;
  std::vector<BatchPiece> batch_pieces_;
  std::vector<bool> adds_by_lanes_;             // [tensor]
  std::vector<bool> needs_gradient_;            // [buffer]
  std::vector<bool> adds_first_, adds_second_;  // [node]: the gradient of that input is already there; add to it
  std::vector<std::size_t> place_;              // [buffer]: where in gradients_ its gradient stands while it is needed
  std::vector<Memory> values_, gradients_;      // [buffer] and [place]
  std::vector<Buffer<T>> addends_;              // [slot]
};

}  // namespace steq
