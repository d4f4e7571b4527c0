// SPDX-License-Identifier: MIT
// What one learner does to the activations of one layer: the rule of each pass, and the grid parameters behind it.
#pragma once

#include <memory>
#include <optional>

#include "sim/core/archive.hpp"
#include "sim/nn/activation.hpp"
#include "sim/training/moving_numbers.hpp"

namespace steq {

/// Of all layers `quantize` of a learner.
struct ActivationsSetup {
  Spec quantizer;
  Spec surrogate;
  Spec errors = {"none", {}};  ///< the quantizer of what comes back
};

class ActivationQuantizer {
 public:
  /// InputError naming `place` where a part does not exist, has bad parameters or does not go with the others. The
  /// optimizer must outlive this; `index` is that of the layer.
  struct Setup {
    const ActivationsSetup& activations;
    const Optimizer& optimizer;
    std::string name = {};  ///< of the layer
    std::size_t index = 0;
    std::uint64_t seed = 0;
    Step updates_per_epoch = 0;
    NamedNumbers given = {};  ///< what grid parameters begin with; others as the first batch gives them
    std::string place = {};   ///< for messages
  };
  explicit ActivationQuantizer(const Setup& setup);

  /// Of the layer.
  const std::string& name() const { return name_; }
  const MovingNumbers& numbers() const { return numbers_; }
  bool soft() const { return quantizer_->soft(); }
  /// Whether its numbers wait for the first batch.
  bool waits() const { return waits_; }
  /// Gives them their start, but for those that were given: `largest` is the largest |x| that the layer meets there.
  void begin(double largest);

  /// For a training pass of that step over so many samples.
  ActivationRule training(Step step, std::size_t batch);
  /// For an evaluation after so many updates: the levels' values, or those of training.
  ActivationRule evaluation(bool hard, Step updates);
  /// What waits for the first batch measures it: `largest` [batch].
  ActivationRule measuring(std::span<double> largest) const { return {.largest = largest}; }

  /// The grid as it stands now; nothing without levels.
  std::optional<Grid> grid() const;

  /// After the pass.
  void update(const UpdateContext& context);
  /// Takes the gradients that the pass of another gave: both are the same so far.
  void copy_gradients(const ActivationQuantizer& other) { sums_ = other.sums_; }
  bool same(const ActivationQuantizer& other) const;

  void archive(Archive& a) { a(numbers_); }

 private:
  ActivationRule rule(Step step, std::span<const double> numbers) const;

  std::string name_;
  std::unique_ptr<Quantizer> quantizer_;
  std::unique_ptr<Surrogate> surrogate_;
  std::unique_ptr<Quantizer> errors_;
  std::uint32_t index_;
  std::uint64_t seed_;
  MovingNumbers numbers_;
  NamedNumbers given_;
  bool waits_;
  std::vector<double> sums_;       // [batch, learned], of the last training pass
  std::vector<double> evaluated_;  // numbers of the last evaluation
};

}  // namespace steq
