// SPDX-License-Identifier: MIT
#include "experiments/training/learner_setups.hpp"

#include <algorithm>
#include <boost/math/special_functions/next.hpp>
#include <map>

#include "experiments/config/pair_role.hpp"
#include "theory/translation.hpp"

namespace steq {
namespace {

/// Both must have alpha and M on that grid, and T must resolve them.
template <class T>
void require_rescaling(const LearnerConfig& learner, const LearnerConfig& source, const Grid& grid,
                       const std::string& place) {
  for (const LearnerConfig* l : {&source, &learner}) {
    const auto estimator = estimator_registry().make(l->estimator, place, grid);
    const std::vector<std::string> obstacles = translation_obstacles<T>(*estimator);
    if (!obstacles.empty())
      throw InputError(place,
                       fmt::format("\"{}\" is not allowed: estimator {} of {} has no usable alpha and M ({}); allowed: "
                                   "two learners whose estimators have them (see steq equiv)",
                                   source.name, to_text(l->estimator), l->name, join(obstacles)));
  }
}

/// Applies alpha and M to each quantized tensor.
template <class T>
void make_equivalent(LearnerSetup& setup, const ExperimentConfig& config, std::size_t index,
                     const std::vector<TensorInfo>& tensors) {
  const LearnerConfig& learner = config.learners[index];
  const LearnerConfig& source = config.learner(*learner.equivalent_to);
  for (std::size_t t = 0; t < tensors.size(); ++t) {
    if (!tensors[t].quantize) continue;
    const auto quantizer = quantizer_registry().make(config.quantizer, "quantizer", tensors[t].fan_in);
    require_rescaling<T>(learner, source, quantizer->grid(),
                         config.place(fmt::format("learners[{}].equivalent_to", index)));
    if (!rescales(config)) continue;
    const Translation translation(source.estimator, learner.estimator, quantizer->grid());
    setup.rate_factors[t] = translation.rate_factor();
    for (double& w : setup.initial[t]) w = translation.map<T>(w);
  }
}

/// The smallest difference that a start can have, in one weight of every tensor: latent weights alone would hardly
/// ever be seen by a forward pass.
template <class T>
void nudge(LearnerSetup& setup, int ulps) {
  for (std::vector<double>& tensor : setup.initial) {
    const auto weight = std::ranges::find_if(tensor, [](double w) { return w != 0; });
    if (weight != tensor.end()) *weight = boost::math::float_advance(static_cast<T>(*weight), ulps);
  }
}

}  // namespace

template <class T>
std::vector<LearnerSetup> learner_setups(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  TensorValues start = inputs.weights;
  for (auto& tensor : start)
    for (double& w : tensor) w = static_cast<double>(static_cast<T>(w));
  std::vector<LearnerSetup> setups;
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < config.learners.size(); ++i) {
    const LearnerConfig& learner = config.learners[i];
    setups.push_back({.name = learner.name,
                      .quantizer = config.quantizer,
                      .estimator = learner.estimator,
                      .optimizer = config.optimizer.rule,
                      .learning_rate = config.optimizer.learning_rate * learner.learning_rate_scale,
                      .initial = start,
                      .rate_factors = std::vector<double>(inputs.tensors.size(), 1.0),
                      .seed = config.seed,
                      .statistics = inputs.statistic_values,
                      .rounding = learner.rounding});
    if (learner.equivalent_to) collect(problems, [&] { make_equivalent<T>(setups.back(), config, i, inputs.tensors); });
    nudge<T>(setups.back(), learner.ulps);
  }
  throw_if_any(problems);
  return setups;
}

template <class T>
WeightMap weight_map(const ExperimentConfig& config, const std::string& a, const std::string& b) {
  if (!role_of(config, a, b).mapped) return [](const Grid&, double w) { return w; };
  const Spec from = config.learner(a).estimator, to = config.learner(b).estimator;
  auto known = std::make_shared<std::map<double, std::unique_ptr<Translation>>>();  // by range
  return [from, to, known](const Grid& grid, double w) {
    auto& translation = (*known)[grid.range];
    if (!translation) translation = std::make_unique<Translation>(from, to, grid);
    return translation->map<T>(w);
  };
}

template std::vector<LearnerSetup> learner_setups<float>(const ExperimentConfig&, const ExperimentInputs&);
template std::vector<LearnerSetup> learner_setups<double>(const ExperimentConfig&, const ExperimentInputs&);
template WeightMap weight_map<float>(const ExperimentConfig&, const std::string&, const std::string&);
template WeightMap weight_map<double>(const ExperimentConfig&, const std::string&, const std::string&);

}  // namespace steq
