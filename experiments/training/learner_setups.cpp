// SPDX-License-Identifier: MIT
#include "experiments/training/learner_setups.hpp"

#include <algorithm>
#include <boost/math/special_functions/next.hpp>

#include "experiments/config/pair_role.hpp"
#include "experiments/training/exact_sums.hpp"
#include "experiments/training/initial_grid.hpp"
#include "theory/reasons.hpp"
#include "theory/translation.hpp"

namespace steq {
namespace {

/// The theorems speak of weights on a grid that stands.
void require_standing_grid(const Quantizer& quantizer, const LearnerConfig& learner, const std::string& place) {
  if (const std::string why = obstacle_of_grid(quantizer); !why.empty())
    throw InputError(place, fmt::format("\"{}\" is not allowed: quantizer {} {}; allowed: {}", *learner.equivalent_to,
                                        learner.quantizer.name, why, join(quantizers_of_theory())));
}

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
    const auto quantizer = quantizer_registry().make(learner.quantizer, "quantizer", tensors[t].shape());
    const std::string place = config.place(fmt::format("learners[{}].equivalent_to", index));
    require_standing_grid(*quantizer, learner, place);
    require_rescaling<T>(learner, source, quantizer->grid(), place);
    if (!rescales(learner)) continue;
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

void require_moments(const Quantizer& quantizer, const LearnerConfig& learner, const std::string& place) {
  if (!quantizer.weighs_by_moments()) return;
  if (optimizer_registry().make(learner.optimizer.rule, "optimizer")->second_moment()) return;
  throw InputError(place, fmt::format("{} is not allowed with optimizer {}, which keeps no second moments; allowed: "
                                      "curvature none, or optimizer adam or rmsprop",
                                      to_text(learner.quantizer), learner.optimizer.rule.name));
}

/// What a learner refuses of its quantizer and estimator is told before anything begins.
void require_recipe(const ExperimentConfig& config, std::size_t index, const ExperimentInputs& inputs) {
  const LearnerConfig& learner = config.learners[index];
  const auto place = [&](const char* key) { return config.place(fmt::format("learners[{}].{}", index, key)); };
  if (learner.activations && inputs.activations.empty())
    throw InputError(place("activations"),
                     "the model has no layer \"quantize\" at which activations could be "
                     "quantized; allowed: \"none\", or a model with such layers");
  require_exact_sums(learner, config.precision, inputs.tensors, config.place(fmt::format("learners[{}]", index)));
  for (const TensorInfo& tensor : inputs.tensors)
    if (tensor.quantize) {
      const auto quantizer = quantizer_registry().make(learner.quantizer, place("quantizer"), tensor.shape());
      require_moments(*quantizer, learner, place("quantizer"));
      if (quantizer->has_levels()) estimator_registry().make(learner.estimator, place("estimator"), quantizer->grid());
      return;
    }
}

std::optional<ActivationsSetup> activations_setup(const LearnerConfig& learner) {
  if (!learner.activations) return std::nullopt;
  return ActivationsSetup{learner.activations->quantizer, learner.activations->surrogate, learner.activations->errors};
}

template <class T>
TensorValues in_precision(TensorValues values) {
  for (auto& tensor : values)
    for (double& w : tensor) w = static_cast<double>(static_cast<T>(w));
  return values;
}

}  // namespace

template <class T>
std::vector<LearnerSetup> learner_setups(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  std::vector<LearnerSetup> setups;
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < config.learners.size(); ++i) {
    const LearnerConfig& learner = config.learners[i];
    collect(problems, [&] { require_recipe(config, i, inputs); });
    const StartingValues& start = inputs.start(learner.init);
    const OptimizerConfig& optimizer = learner.optimizer;
    setups.push_back({.name = learner.name,
                      .quantizer = learner.quantizer,
                      .estimator = learner.estimator,
                      .optimizer = optimizer.rule,
                      .learning_rate = optimizer.learning_rate * learner.learning_rate_scale,
                      .schedule = schedule_registry().make(optimizer.schedule, "optimizer.schedule"),
                      .storage = learner.storage,
                      .loss = learner.loss.rule,
                      .initial = in_precision<T>(start.weights),
                      .rate_factors = std::vector<double>(inputs.tensors.size(), 1.0),
                      .seed = config.seed,
                      .statistics = start.statistics,
                      .rounding = learner.rounding,
                      .activations = activations_setup(learner),
                      .grid_numbers = start.grid_numbers,
                      .teacher = inputs.teacher(learner.loss)});
    collect(problems,
            [&] { require_grid_numbers(setups.back(), config.place(fmt::format("learners[{}]", i)), inputs); });
    if (learner.equivalent_to) collect(problems, [&] { make_equivalent<T>(setups.back(), config, i, inputs.tensors); });
    nudge<T>(setups.back(), learner.ulps);
  }
  throw_if_any(problems);
  return setups;
}

template std::vector<LearnerSetup> learner_setups<float>(const ExperimentConfig&, const ExperimentInputs&);
template std::vector<LearnerSetup> learner_setups<double>(const ExperimentConfig&, const ExperimentInputs&);

}  // namespace steq
