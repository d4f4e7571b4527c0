// SPDX-License-Identifier: MIT
// One trained tensor of one learner, and the pass over it that a training step makes: a single one where the grid stands,
// in two halves where it moves.
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
#include "sim/storages/storage.hpp"
#include "sim/training/grid_numbers.hpp"

namespace steq {

/// What a tensor is made from. Optimizer and storage must outlive it.
struct WeightTensorSetup {
  TensorInfo info;
  std::uint32_t index = 0;  ///< of the tensor in its network
  std::span<const double> initial;
  const Optimizer* optimizer = nullptr;
  const Storage* storage = nullptr;  ///< null: all is kept
  std::unique_ptr<Quantizer> quantizer =
      nullptr;  ///< null, or without levels: the forward pass uses the latent weights
  std::unique_ptr<Estimator> estimator = nullptr;  ///< null where the quantizer is
  double rate_factor = 1;                          ///< alpha where the tensor is that of an STE equivalent
  std::uint64_t seed = 0;
  Step updates_per_epoch = 0;      ///< 0: one endless epoch
  NamedNumbers grid_numbers = {};  ///< what learned grid parameters begin with; empty: a start of their own
};

/// What the pass needs besides the tensor.
template <class T>
struct UpdateJob {
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
  explicit WeightTensor(WeightTensorSetup setup);

  const TensorInfo& info() const { return info_; }
  /// Whether it has levels.
  bool quantized() const { return quantizer_ != nullptr; }
  /// Whether updates change its latent weights.
  bool trained() const { return info_.trainable && (!storage_ || storage_->trains()); }
  /// Whether they change anything of it: weights, grid, or which values are drawn.
  bool updated() const { return info_.trainable || (quantized() && (moves() || quantizer_->noisy())); }
  const Quantizer& quantizer() const { return *quantizer_; }
  const Estimator& estimator() const { return *estimator_; }
  /// Of a quantized tensor.
  const GridNumbers& grid() const { return *grid_; }
  /// As it stands now, of the first group of weights.
  Grid current_grid() const { return grid_->move() ? quantizer_->grid_at(grid_->of_group(0)) : quantizer_->grid(); }
  std::span<const T> latent() const { return latent_.span(); }
  /// What the forward pass uses in training.
  std::span<const T> values() const { return quantized() ? values_.span() : latent_.span(); }
  /// Whether that is not what one would deploy.
  bool trains_otherwise() const { return quantized() && quantizer_->trains_otherwise(); }
  /// The values of the levels; where not `hard` those of training, with scheduled grid parameters as the update before
  /// `next` had them. They stand until the next call.
  std::span<const T> evaluated(bool hard, Step next);
  std::span<const Level> levels() const { return levels_; }
  /// Share of the weights that the last update moved; nothing where storage keeps all of an update.
  std::optional<double> moved_share() const;
  std::span<const Buffer<T>> states() const { return states_; }
  /// Factor of the learning rate: alpha where the tensor is that of an STE equivalent.
  double rate_factor() const { return rate_factor_; }
  /// Sum of |w(t+1) - w(t)| over steps and weights; quantized only, as the next one.
  double path_length() const { return path_length_; }
  const TensorExtremes& extremes() const { return extremes_; }
  /// Change points that the grid made, not the weight: on the grid of the step before it would still be at its level.
  std::size_t changes_of_grid() const { return changes_of_grid_; }

  std::size_t blocks() const { return (latent_.size() + kBlock - 1) / kBlock; }

  /// The gradient that clipping to a norm looks at: its sum of squares over a block.
  double gradient_square(std::size_t block, const UpdateJob<T>& job) const;

  /// gradient[i] = 0 where the gate is closed for weight first + i; at most kBlock of them.
  void close_gate(std::size_t first, std::span<double> gradient) const;

  /// Where the estimator must see all gradients first: to be called before it turns any.
  bool gathers() const { return quantized() && trained() && estimator_->gathered() > 0; }
  void gather(const UpdateJob<T>& job);

  /// Applies estimator and optimizer to the gradient and, where the grid stands, quantizes again and notes which levels
  /// changed: all of it while the block is in cache. Blocks may be updated in any order and at the same time.
  void update_block(std::size_t block, const UpdateJob<T>& job);
  /// Where the grid moves, it does so when all blocks are updated; then they can be quantized again.
  bool moves() const { return quantized() && grid_->move(); }
  void move_grid(const UpdateContext& context);
  void quantize_block(std::size_t block, Step step);

  /// To be called when all blocks of a step are done.
  void finish_update();

  /// Weights whose level the last update changed, ascending.
  std::span<const WeightIndex> changed() const { return changed_; }

  /// A weight that the last update made NaN or infinite.
  std::optional<WeightIndex> broken() const;

  /// All that the next updates depend on, and what was measured so far.
  void archive(Archive& a) {
    a(latent_, values_, states_, levels_, path_length_, extremes_, changes_of_grid_);
    if (quantized()) a(*grid_);
  }

 private:
  BlockPlace place(Step step, const GroupPart& part) const;
  /// Without a grid.
  BlockPlace place(Step step, std::size_t block) const {
    return {.seed = seed_, .step = step, .tensor = index_, .first = block * kBlock};
  }
  void evaluate_part(const GroupPart& part, bool hard, Step next);
  /// Empty where there is no grid.
  std::span<const GroupPart> parts(std::size_t block) const {
    return grid_ ? grid_->parts(block) : std::span<const GroupPart>();
  }
  /// dL/dQ(w)
  std::span<const T> raw(std::size_t block, const UpdateJob<T>& job) const {
    return job.gradients[index_].span().subspan(block * kBlock, size_of(block));
  }
  void begin();
  bool stays_on_grid_before(std::size_t weight, const GroupPart& part) const;
  std::size_t count_of_grid(std::size_t block, std::span<const Level> fresh) const;
  void estimate(std::size_t block, const UpdateJob<T>& job, std::span<T> gradient) const;
  void prepare(std::size_t block, const UpdateJob<T>& job, std::span<T> gradient) const;
  void apply_rule(std::size_t block, const UpdateJob<T>& job, std::span<T> w, std::span<const T> gradient);
  void move_weights(std::size_t block, const UpdateJob<T>& job);
  void learn_grid(std::size_t block, const UpdateJob<T>& job);
  std::span<const T> moments() const;
  void measure_step(std::size_t block, std::span<const T> before);
  void keep_stored(std::size_t block, Step step);
  void add_change(std::size_t block, const UpdateJob<T>& job, std::span<T> gradient);
  std::size_t size_of(std::size_t block) const { return std::min(kBlock, latent_.size() - block * kBlock); }

  TensorInfo info_;
  std::uint32_t index_;
  double rate_factor_;
  std::uint64_t seed_;
  const Optimizer* optimizer_;
  const Storage* storage_;
  std::unique_ptr<Quantizer> quantizer_;
  std::unique_ptr<Estimator> estimator_;
  std::optional<GridNumbers> grid_;
  Buffer<T> latent_, values_;
  Buffer<T> evaluated_;  // where training uses other values; no part of the state
  std::vector<Buffer<T>> states_;
  std::vector<Level> levels_;
  double path_length_ = 0;
  std::size_t changes_of_grid_ = 0;
  TensorExtremes extremes_;
  std::vector<std::vector<WeightIndex>> block_changes_;  // [blocks]: of the last update
  std::vector<std::size_t> block_changes_of_grid_;       // [blocks]: of the last update
  std::vector<double> block_paths_;                      // [blocks]
  std::vector<std::size_t> block_moved_;                 // [blocks]: weights that the last update moved, where counted
  std::vector<TensorExtremes> block_extremes_;           // [blocks]
  std::vector<char> block_finite_;                       // [blocks]
  std::vector<WeightIndex> changed_;
};

}  // namespace steq
