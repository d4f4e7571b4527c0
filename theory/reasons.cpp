// SPDX-License-Identifier: MIT
#include "theory/reasons.hpp"

#include "sim/quantizers/range_one.hpp"

namespace steq {
namespace {

struct Reason {
  bool given;
  const char* sentence;
};

std::vector<std::string> sentences(std::initializer_list<Reason> reasons) {
  std::vector<std::string> sentences;
  for (const auto& [given, sentence] : reasons)
    if (given) sentences.push_back(sentence);
  return sentences;
}

}  // namespace

std::vector<std::string> influences_beside_the_weight(const EstimatorTraits& traits) {
  return sentences({{traits.sign_dependent, "q depends on the gradient's sign"},
                    {traits.noisy, "q is drawn at random"},
                    {traits.layer_wide,
                     "q depends on the other weights of the layer: a learning-rate factor common to the layer, which "
                     "changes with time"},
                    {traits.coupled, "a weight takes up gradients of others"}});
}

std::string obstacle_of_grid(const Quantizer& quantizer) {
  if (!quantizer.has_levels()) return "has no levels";
  if (quantizer.moves()) return "has a grid that moves while training";
  if (quantizer.trains_otherwise()) return "trains with other values than those of its levels";
  return quantizer.grid().delta > 0 ? "" : "has thresholds that do not lie midway between evenly spaced levels";
}

std::vector<std::string> quantizers_of_theory() {
  std::vector<std::string> names;
  for (const auto& entry : quantizer_registry().entries()) {
    const auto quantizer =
        quantizer_registry().make(example_of(entry.info), "quantizer", TensorShape{kFanInOfRangeOne});
    if (obstacle_of_grid(*quantizer).empty()) names.push_back(entry.info.name);
  }
  return names;
}

std::vector<std::string> actions_beside_the_rule(const GradientOptions& options) {
  return sentences({{options.clip_value > 0, "the optimizer clips each gradient"},
                    {options.clip_norm > 0, "the optimizer clips gradients to a norm"},
                    {options.weight_decay > 0, "the optimizer decays weights through their gradients (coupled)"},
                    {options.decoupled_decay > 0, "the optimizer decays weights beside their gradients (decoupled)"}});
}

}  // namespace steq
