// SPDX-License-Identifier: MIT
// The grid parameters of one tensor of one learner, and the way of a step through them.
#pragma once

#include <span>
#include <vector>

#include "sim/core/archive.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/training/moving_numbers.hpp"

namespace steq {

/// Weights of one block that belong to one group.
struct GroupPart {
  std::size_t group, first, size;
};

/// What a tensor's grid numbers are made for.
struct GridNumbersSetup {
  const Quantizer& quantizer;
  const Estimator& estimator;
  const Optimizer& optimizer;
  std::size_t weights = 0;
  Step updates_per_epoch = 0;
  NamedNumbers given = {};  ///< what the learned numbers begin with, in place of a start of their own
};

/// Without grid parameters this is a frame that stands, and one group.
class GridNumbers {
 public:
  /// Quantizer, estimator and optimizer must outlive this.
  explicit GridNumbers(GridNumbersSetup setup);

  /// True where an update must know the whole tensor before it can quantize.
  bool move() const { return !numbers_.empty() || !own_.empty(); }

  std::size_t groups() const { return frames_.size(); }
  const MovingNumbers& numbers() const { return numbers_; }
  std::span<const double> of_group(std::size_t group) const { return numbers_.of_group(group); }
  /// [the estimator's parameters]
  std::span<const double> of_estimator() const { return own_; }
  const GridFrame& frame(std::size_t group) const { return frames_[group]; }
  /// The numbers of a group before the last step; empty where there was none.
  std::span<const double> before(std::size_t group) const {
    return before_.empty() ? std::span<const double>()
                           : std::span(before_).subspan(group * numbers_.width(), numbers_.width());
  }
  std::span<const GroupPart> parts(std::size_t block) const {
    return std::span(parts_).subspan(first_part_[block], first_part_[block + 1] - first_part_[block]);
  }

  /// Fits, and gives the learned numbers their start.
  template <class T>
  void begin(std::span<const T> w);

  /// Lets the estimator see the whole tensor's gradients before the update turns the first of them; `tensor` as
  /// a group without grid parameters.
  template <class T>
  void gather(const GroupGradients<T>& tensor);
  /// [what the estimator gathers]
  std::span<const double> gathered(std::size_t group) const {
    const std::size_t width = estimator_->gathered();
    return std::span(gathered_).subspan(group * width, width);
  }

  /// Takes a block's share of the learned numbers' gradients. Blocks may do so in any order and at the same time.
  template <class T>
  void add_gradients(std::size_t block, std::span<const T> w, std::span<const T> gradient, const BlockPlace& place);

  /// When all blocks have done so and the latent weights have moved: the learned numbers make their step, the fitted
  /// ones follow the weights, the scheduled ones the clock. `context` has the learner's rate; `curvature` [w] is what
  /// the quantizer weighs them by, or empty.
  template <class T>
  void step(std::span<const T> w, std::span<const T> curvature, const UpdateContext& context);

  void archive(Archive& a) { a(numbers_, own_, frames_); }

 private:
  template <class T>
  void fit(std::span<const T> w, std::span<const T> curvature);
  template <class T>
  std::span<const T> group_of(std::span<const T> w, std::size_t group) const {
    return w.subspan(group * group_size_, std::min(group_size_, w.size() - group * group_size_));
  }
  void place_frames();
  double gradient_of(std::size_t group, std::size_t learned) const;

  const Quantizer* quantizer_;
  const Estimator* estimator_;
  std::size_t group_size_;
  MovingNumbers numbers_;
  NamedNumbers given_;
  std::vector<double> own_;              // [the estimator's]
  std::vector<double> before_;           // [groups, width], of the numbers before the last step; no part of the state
  std::vector<double> gathered_;         // [groups, what the estimator gathers], in an update; no part of the state
  std::vector<GridFrame> frames_;        // [groups]
  std::vector<GroupPart> parts_;         // by block
  std::vector<std::size_t> first_part_;  // [blocks + 1]
  std::vector<double> sums_;             // [parts, learned]
};

}  // namespace steq
