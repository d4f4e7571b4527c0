// SPDX-License-Identifier: MIT
// One trained tensor of one learner, and the single pass over it that a training step makes.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/core/archive.hpp"
#include "sim/core/buffer.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/nn/tensor_info.hpp"
#include "sim/optimizers/optimizer.hpp"

namespace steq {

/// What the pass needs besides the tensor.
template <class T>
struct UpdateJob {
  const Optimizer* optimizer;
  UpdateContext context;                 ///< before the tensor's own rate factor
  std::span<const Buffer<T>> gradients;  ///< [tensor]
  double gradient_factor = 1;            ///< clipping to a norm
};

/// The largest values that a quantized tensor has met so far.
struct TensorExtremes {
  double gradient = 0;  ///< of |dL/dQ(w)|, before estimator and clipping
  double step = 0;      ///< of |w(t+1) - w(t)|
};

template <class T>
class WeightTensor {
 public:
  /// Without a quantizer and estimator the forward pass uses the latent weights. `index`: of the tensor in its network.
  WeightTensor(const TensorInfo& info, std::uint32_t index, std::span<const double> initial, std::size_t states,
               std::unique_ptr<Quantizer> quantizer, std::unique_ptr<Estimator> estimator, double rate_factor,
               std::uint64_t seed);

  const TensorInfo& info() const { return info_; }
  bool quantized() const { return quantizer_ != nullptr; }
  const Quantizer& quantizer() const { return *quantizer_; }
  const Estimator& estimator() const { return *estimator_; }
  std::span<const T> latent() const { return latent_.span(); }
  /// What the forward pass uses.
  std::span<const T> values() const { return quantized() ? values_.span() : latent_.span(); }
  std::span<const Level> levels() const { return levels_; }
  std::span<const Buffer<T>> states() const { return states_; }
  /// Factor of the learning rate: alpha where the tensor is that of an STE equivalent.
  double rate_factor() const { return rate_factor_; }
  /// Sum of |w(t+1) - w(t)| over steps and weights; quantized only, as the next one.
  double path_length() const { return path_length_; }
  const TensorExtremes& extremes() const { return extremes_; }

  std::size_t blocks() const { return (latent_.size() + kBlock - 1) / kBlock; }

  /// The gradient that the optimizer sees but for clipping to a norm: its sum of squares over a block.
  double gradient_square(std::size_t block, const UpdateJob<T>& job) const;

  /// Applies estimator and optimizer to the gradient, quantizes again and notes which levels changed: all of it while
  /// the block is in cache. Blocks may be updated in any order and at the same time.
  void update_block(std::size_t block, const UpdateJob<T>& job);

  /// To be called when all blocks of a step are done.
  void finish_update();

  /// Weights whose level the last update changed, ascending.
  std::span<const WeightIndex> changed() const { return changed_; }

  /// A weight that the last update made NaN or infinite.
  std::optional<WeightIndex> broken() const;

  /// All that the next updates depend on, and what was measured so far.
  void archive(Archive& a) { a(latent_, values_, states_, levels_, path_length_, magnitude_, extremes_); }

 private:
  BlockPlace place(Step step, std::size_t first) const { return {seed_, step, index_, first, magnitude_}; }
  T estimate(std::size_t first, const UpdateJob<T>& job, std::span<T> gradient) const;
  void quantize_block(std::size_t block, Step step, std::span<const T> before);
  void measure_magnitude();

  TensorInfo info_;
  std::uint32_t index_;
  double rate_factor_;
  std::uint64_t seed_;
  std::unique_ptr<Quantizer> quantizer_;
  std::unique_ptr<Estimator> estimator_;
  Buffer<T> latent_, values_;
  std::vector<Buffer<T>> states_;
  std::vector<Level> levels_;
  double path_length_ = 0, magnitude_ = 0;
  TensorExtremes extremes_;
  std::vector<std::vector<WeightIndex>> block_changes_;  // [blocks]: of the last update
  std::vector<double> block_paths_;                      // [blocks]
  std::vector<TensorExtremes> block_extremes_;           // [blocks]
  std::vector<char> block_finite_;                       // [blocks]
  std::vector<WeightIndex> changed_;
};

}  // namespace steq
