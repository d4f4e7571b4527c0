// SPDX-License-Identifier: MIT
// A loss is a function of one sample's logits and of what they are held against.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "sim/core/plugin.hpp"

namespace steq {

struct SampleLoss {
  double loss = 0;
  bool correct = false;  ///< arg-max of the logits (lowest index of equals) is the label
};

/// What a sample's logits are held against.
template <class T>
struct SampleTarget {
  std::uint8_t label = 0;
  std::span<const T> teacher = {};  ///< its logits, [classes]; empty where the learner has no teacher
};

/// Immutable.
class Loss {
 public:
  virtual ~Loss() = default;

  /// Of one sample. Where `gradient` is not empty it receives the loss's gradient times `weight` (1 / batch size for
  /// the mean loss). logits and gradient: [classes].
  virtual SampleLoss of(std::span<const float> logits, const SampleTarget<float>& target, std::span<float> gradient,
                        double weight) const = 0;
  virtual SampleLoss of(std::span<const double> logits, const SampleTarget<double>& target, std::span<double> gradient,
                        double weight) const = 0;
};

/// The loss that follows a rule: a struct whose apply() is a template over the precision and returns the loss.
template <class Rule>
class LossOf final : public Loss {
 public:
  explicit LossOf(Rule rule) : rule_(rule) {}

  SampleLoss of(std::span<const float> logits, const SampleTarget<float>& target, std::span<float> gradient,
                double weight) const override {
    return {rule_.apply(logits, target, gradient, weight), is_correct(logits, target.label)};
  }
  SampleLoss of(std::span<const double> logits, const SampleTarget<double>& target, std::span<double> gradient,
                double weight) const override {
    return {rule_.apply(logits, target, gradient, weight), is_correct(logits, target.label)};
  }

 private:
  template <class T>
  static bool is_correct(std::span<const T> logits, std::uint8_t label) {
    return std::max_element(logits.begin(), logits.end()) - logits.begin() == label;
  }

  Rule rule_;
};

/// PluginInfo::needs of a loss that does not go without a teacher's logits.
inline constexpr const char* kTeacher = "teacher";

using LossRegistry = Registry<std::unique_ptr<Loss>(const Parameters&)>;
const LossRegistry& loss_registry();

/// Whether the loss of that name needs a teacher's logits: its entry says so in `needs`.
bool needs_teacher(const std::string& loss);

/// The loss of whoever names none.
const Loss& cross_entropy_loss();

/// The entry of a loss; `make` turns parameters into its rule.
template <class Make>
LossRegistry::Entry loss_entry(PluginInfo info, Make make) {
  using Rule = std::invoke_result_t<Make, const Parameters&>;
  return {std::move(info),
          [make](const Parameters& p) -> std::unique_ptr<Loss> { return std::make_unique<LossOf<Rule>>(make(p)); }};
}

}  // namespace steq
