// SPDX-License-Identifier: MIT
// The grid parameters of one tensor of one learner: their values, and the way of a step through them.
#pragma once

#include <span>
#include <vector>

#include "sim/core/archive.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/optimizers/optimizer.hpp"

namespace steq {

/// Weights of one block that belong to one group.
struct GroupPart {
  std::size_t group, first, size;
};

/// Values are held in double. Without grid parameters this is a frame that stands, and one group.
class GridNumbers {
 public:
  /// Quantizer, estimator and optimizer must outlive this.
  GridNumbers(const Quantizer& quantizer, const Estimator& estimator, const Optimizer& optimizer, std::size_t weights);

  /// True where an update must know the whole tensor before it can quantize.
  bool move() const { return !infos_.empty() || !own_.empty(); }

  std::size_t groups() const { return frames_.size(); }
  const std::vector<GridParameter>& infos() const { return infos_; }
  /// [infos()], of a group.
  std::span<const double> of_group(std::size_t group) const {
    return std::span(numbers_).subspan(group * infos_.size(), infos_.size());
  }
  /// [groups, infos()]
  std::span<const double> numbers() const { return numbers_; }
  /// [the estimator's parameters]
  std::span<const double> of_estimator() const { return own_; }
  const GridFrame& frame(std::size_t group) const { return frames_[group]; }
  std::span<const GroupPart> parts(std::size_t block) const {
    return std::span(parts_).subspan(first_part_[block], first_part_[block + 1] - first_part_[block]);
  }

  /// Fits, and gives the learned numbers their start.
  template <class T>
  void begin(std::span<const T> w);

  /// Takes a block's share of the learned numbers' gradients. Blocks may do so in any order and at the same time.
  template <class T>
  void add_gradients(std::size_t block, std::span<const T> w, std::span<const T> gradient, const BlockPlace& place);

  /// When all blocks have done so and the latent weights have moved: the learned numbers make their step, the fitted
  /// ones follow the weights. `context` has the learner's rate.
  template <class T>
  void step(std::span<const T> w, const UpdateContext& context);

  void archive(Archive& a) { a(numbers_, own_, states_, frames_); }

 private:
  template <class T>
  void fit(std::span<const T> w);
  void learn(const UpdateContext& context);
  void learn(std::size_t index, std::span<const double> gradient, const UpdateContext& context);
  void place_frames();
  double gradient_of(std::size_t group, std::size_t learned) const;
  std::span<double> of_group(std::size_t group) {
    return std::span(numbers_).subspan(group * infos_.size(), infos_.size());
  }

  const Quantizer* quantizer_;
  const Estimator* estimator_;
  const Optimizer* optimizer_;
  std::vector<GridParameter> infos_;
  std::vector<std::size_t> learned_;  // indices in infos_
  std::size_t group_size_;
  std::vector<double> numbers_;                           // [groups, infos]
  std::vector<double> own_;                               // [the estimator's]
  std::vector<std::vector<std::vector<double>>> states_;  // [learned][states of the optimizer][groups]
  std::vector<GridFrame> frames_;                         // [groups]
  std::vector<GroupPart> parts_;                          // by block
  std::vector<std::size_t> first_part_;                   // [blocks + 1]
  std::vector<double> sums_;                              // [parts, learned]
};

}  // namespace steq
