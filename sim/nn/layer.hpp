// SPDX-License-Identifier: MIT
// A layer: forward and backward of a few samples of a batch. Activations are N, H, W, C in memory.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/core/sample_shape.hpp"
#include "sim/nn/activation.hpp"
#include "sim/nn/pass.hpp"
#include "sim/nn/tensor_info.hpp"

namespace steq {

/// What the plans of a network must know of a layer.
struct LayerTraits {
  /// The output may overwrite the input (and the input's gradient the output's).
  bool in_place = false;
  /// The layer works as well on few samples: it is given micro-batches strip by strip. What it keeps from pass to pass
  /// it finds by `first` or `micro_batch`, not by `slot` alone.
  bool by_strips = false;
  /// Its work is so little that its output may be made again in the backward pass in place of being kept: forward then
  /// runs twice a batch, and gives the same both times.
  bool cheap = false;
  /// Its backward pass looks at its input.
  bool reads_input = true;
  /// Its backward pass looks at its output, which nothing may then overwrite with other values.
  bool reads_output = false;
  /// Its training needs sums over the whole batch: it first collects them part by part, then combines them; only then
  /// do forward and backward run.
  bool synchronizes = false;
  /// Its outputs are pre-activations, sums of products: what the control `rounding` moves.
  bool pre_activations = false;
  /// Unless 0, the gradients of the layer's tensors are not added up by backward, lane by lane, but made once for the
  /// whole batch: in so many pieces, which may run at the same time, after all micro-batches have passed.
  std::size_t batch_pieces = 0;
};

/// What a learner brings to one layer: the values of its tensors (quantized where they are) and its statistics stay where
/// they are until the batch is done.
template <class T>
struct LayerArrays {
  std::span<const T* const> values;
  std::span<T* const> statistics;
  std::span<const ActivationRule> activations;
  Mode mode = Mode::train;
};

template <class T>
class Layer {
 public:
  virtual ~Layer() = default;

  virtual LayerTraits traits() const = 0;
  virtual SampleShape output_shape() const = 0;
  virtual std::vector<TensorInfo> tensors() const { return {}; }
  virtual std::vector<StatisticInfo> statistics() const { return {}; }

  virtual std::vector<ActivationInfo> activations() const { return {}; }

  /// Called once, before anything else.
  virtual void reserve(const PassSizes&) {}

  /// Called for each learner before its samples.
  virtual void prepare(const LayerArrays<T>&) {}

  virtual void forward(const Pass<T>& pass) = 0;
  virtual void backward(const Pass<T>& pass) = 0;

  /// Of a layer that synchronizes.
  virtual void collect_forward(const Pass<T>&) {}
  virtual void combine_forward() {}
  virtual void collect_backward(const Pass<T>&) {}
  virtual void combine_backward() {}

  /// Of a layer with batch pieces.
  virtual void backward_batch([[maybe_unused]] std::size_t piece, [[maybe_unused]] std::span<T* const> gradients) {}
};

}  // namespace steq
