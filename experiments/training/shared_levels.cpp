// SPDX-License-Identifier: MIT
#include "experiments/training/shared_levels.hpp"

#include <cmath>

#include "sim/codebooks/shared_counts.hpp"
#include "sim/core/sums.hpp"

namespace steq {
namespace {

/// The 2-norm of each tensor's gradient, summed over batches.
template <class T>
class GradientNorms final : public Observer<T> {
 public:
  void before_update(const UpdateView<T>& view) override {
    norms_.resize(view.gradients.size());
    for (std::size_t t = 0; t < norms_.size(); ++t) {
      const std::span<const T> g = view.gradients[t].span();
      norms_[t] += std::sqrt(pairwise_sum(0, g.size(), [&](std::size_t i) { return double{g[i]} * double{g[i]}; }));
    }
  }
  double of(std::size_t tensor) const { return norms_[tensor]; }

 private:
  std::vector<double> norms_;
};

/// The same network, with nothing that rounds or moves.
LearnerSetup at_rest(LearnerSetup setup) {
  setup.quantizer = {"none", {}};
  setup.storage = {"frozen", {}};
  setup.activations.reset();
  setup.grid_numbers.clear();
  return setup;
}

template <class T>
GradientNorms<T> gradient_norms(const LearnerSetup& setup, const ExperimentInputs& inputs,
                                const CohortSettings& settings) {
  Cohort<T> cohort(inputs.model, inputs.data.train, {at_rest(setup)}, settings);
  GradientNorms<T> norms;
  Observer<T>* const observer = &norms;
  cohort.run(std::span(&observer, 1), false);
  return norms;
}

template <class T>
void share(LearnerSetup& setup, const ExperimentInputs& inputs, const CohortSettings& settings) {
  const GradientNorms<T> norms = gradient_norms<T>(setup, inputs, settings);
  std::vector<std::string> tensors;
  std::vector<double> own;
  for (std::size_t t = 0; t < inputs.tensors.size(); ++t)
    if (inputs.tensors[t].quantize) tensors.push_back(inputs.tensors[t].name), own.push_back(norms.of(t));
  const auto each = static_cast<std::size_t>(std::get<std::int64_t>(setup.quantizer.values.at("count")));
  const std::vector<std::size_t> counts = shared_counts(each, own);
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    Spec& quantizer = setup.quantizers[tensors[i]] = setup.quantizer;
    quantizer.values.insert_or_assign("count", Value(static_cast<std::int64_t>(counts[i])));
    quantizer.values.insert_or_assign("share_over", Value(std::int64_t{0}));
  }
}

}  // namespace

template <class T>
std::vector<LearnerSetup> with_shared_levels(std::vector<LearnerSetup> setups, const ExperimentInputs& inputs,
                                             CohortSettings settings) {
  for (LearnerSetup& setup : setups) {
    settings.steps = quantizer_registry().make(setup.quantizer, "quantizer", TensorShape{})->share_over();
    if (settings.steps > 0) share<T>(setup, inputs, settings);
  }
  return setups;
}

template std::vector<LearnerSetup> with_shared_levels<float>(std::vector<LearnerSetup>, const ExperimentInputs&,
                                                             CohortSettings);
template std::vector<LearnerSetup> with_shared_levels<double>(std::vector<LearnerSetup>, const ExperimentInputs&,
                                                              CohortSettings);

}  // namespace steq
