// SPDX-License-Identifier: MIT
// A layer: forward and backward of one tile (a few samples) of a batch. Activations are N, H, W, C in memory.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "sim/core/plugin.hpp"
#include "sim/nn/spec.hpp"

namespace steq {

enum class Initialization { he_uniform, zeros, ones };

/// A trained tensor in PyTorch's name and layout: weights OIHW or [out, in], biases [out].
struct TensorInfo {
  std::string name;
  std::vector<std::size_t> dims;
  std::size_t fan_in = 1;
  Initialization initialization = Initialization::zeros;
  bool quantize = false;

  std::size_t size() const;
};

/// A tensor that is not trained but kept beside the weights (batch norm's running statistics).
struct StatisticInfo {
  std::string name;
  std::size_t size = 0;
  double initial = 0;
};

/// Training normalizes by the batch, evaluation by the running statistics.
enum class Mode { train, evaluate };

/// The passage of one tile, or of a strip of it, through one layer. Null where a pointer does not apply.
template <class T>
struct Pass {
  std::size_t n = 0;      ///< samples
  std::size_t first = 0;  ///< the first of them in the batch
  std::size_t tile = 0;   ///< index of the tile in its batch
  std::size_t slot = 0;   ///< where the layer may keep what its backward pass needs of the tile
  bool begins = true;     ///< its tile: the only strip, or the first
  Mode mode = Mode::train;
  const T* x = nullptr;   ///< input [n, in]
  const T* x2 = nullptr;  ///< second input, of `add` only
  T* y = nullptr;         ///< output [n, out]
  T* dy = nullptr;        ///< loss gradient of the output
  T* dx = nullptr;        ///< written: loss gradient of the input; null where nobody needs it
  T* dx2 = nullptr;       ///< likewise of the second input
  std::span<T* const> gradients =
      {};                   ///< of the layer's tensors, for this lane; not to be used by a layer with `batch_pieces`
  bool accumulate = false;  ///< add to `gradients` (not the first of the lane) instead of overwriting them
};

/// How a batch will pass a layer: what it may allocate for.
struct PassPlan {
  std::size_t slots = 1;                      ///< tiles in flight at once
  std::size_t tiles = 1;                      ///< tiles of a training batch
  std::size_t samples = 1;                    ///< of a training batch
  std::vector<std::size_t> training_sizes;    ///< distinct n in training
  std::vector<std::size_t> evaluation_sizes;  ///< distinct n in evaluation

  /// visit(n, whether in training) for every size of either.
  template <class Visit>
  void for_each_size(const Visit& visit) const {
    for (const std::size_t n : training_sizes) visit(n, true);
    for (const std::size_t n : evaluation_sizes) visit(n, false);
  }
};

template <class T>
class Layer {
 public:
  virtual ~Layer() = default;

  virtual Shape output_shape() const = 0;
  virtual std::vector<TensorInfo> tensors() const { return {}; }
  virtual std::vector<StatisticInfo> statistics() const { return {}; }

  /// The output may overwrite the input (and the input's gradient the output's).
  virtual bool in_place() const { return false; }

  /// The layer works as well on few samples: it is given tiles strip by strip. What it keeps from pass to pass it finds
  /// by `first` or `tile`, not by `slot` alone.
  virtual bool by_strips() const { return false; }

  /// Its work is so little that its output may be made again in the backward pass in place of being kept: forward then
  /// runs twice a batch, and gives the same both times.
  virtual bool cheap() const { return false; }

  /// Whether its backward pass looks at its input.
  virtual bool reads_input() const { return true; }
  /// Whether its backward pass looks at its output, which nothing may then overwrite with other values.
  virtual bool reads_output() const { return false; }

  /// Whether the layer is a relu, which may be left out where the next layer does its work.
  virtual bool is_relu() const { return false; }
  /// From now on the layer rectifies its input first; false where it cannot.
  virtual bool absorb_relu() { return false; }

  /// One layer for this one, a relu and the mean over 2 x 2 pixels; null where there is none.
  virtual std::unique_ptr<Layer> rectified_and_pooled() const { return nullptr; }

  /// Called once, before anything else.
  virtual void reserve(const PassPlan&) {}

  /// Called for each learner before its tiles: the values of the layer's tensors (quantized where they are) and
  /// statistics stay where they are until the batch is done.
  virtual void prepare([[maybe_unused]] std::span<const T* const> values,
                       [[maybe_unused]] std::span<T* const> statistics, [[maybe_unused]] Mode mode) {}

  virtual void forward(const Pass<T>& pass) = 0;
  virtual void backward(const Pass<T>& pass) = 0;

  /// A layer whose training needs sums over the whole batch first collects them part by part, then combines them; only
  /// then do forward and backward run.
  virtual bool synchronizes() const { return false; }
  virtual void collect_forward(const Pass<T>&) {}
  virtual void combine_forward() {}
  virtual void collect_backward(const Pass<T>&) {}
  virtual void combine_backward() {}

  /// Unless 0, the gradients of the layer's tensors are not added up by backward, lane by lane, but made once for the
  /// whole batch: in so many pieces, which may run at the same time, after all tiles have passed.
  virtual std::size_t batch_pieces() const { return 0; }
  virtual void backward_batch([[maybe_unused]] std::size_t piece, [[maybe_unused]] std::span<T* const> gradients) {}
};

template <class T>
class GraphBuilder;

using AnyBuilder = std::variant<GraphBuilder<float>*, GraphBuilder<double>*>;

/// make(parameters, spec, builder) appends the layer to the graph. InputError where it does not fit its input.
using LayerRegistry = Registry<void(const Parameters&, const LayerSpec&, AnyBuilder)>;
const LayerRegistry& layer_registry();

/// The entry of a layer; `build(parameters, spec, GraphBuilder<T>&)` is a generic function.
template <class Build>
LayerRegistry::Entry layer_entry(PluginInfo info, Build build) {
  return {std::move(info), [build](const Parameters& p, const LayerSpec& spec, AnyBuilder any) {
            std::visit([&](auto* builder) { build(p, spec, *builder); }, any);
          }};
}

/// Parameters that several layers share.
ParameterInfo name_parameter();
ParameterInfo flag_parameter(const std::string& name, bool fallback, const std::string& meaning);
ParameterInfo size_parameter(const std::string& name, std::optional<std::int64_t> fallback, const std::string& meaning);

}  // namespace steq
