// SPDX-License-Identifier: MIT
#include "experiments/learner_setups.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "theory/rescaling.hpp"

namespace steq {
namespace {

const LearnerConfig& learner_named(const ExperimentConfig& config, const std::string& name) {
  return *std::find_if(config.learners.begin(), config.learners.end(), [&](const auto& l) { return l.name == name; });
}

bool rescales(const ExperimentConfig& config) {
  return !optimizer_registry().make(config.optimizer, "optimizer")->scale_invariant();
}

bool same_recipe(const LearnerConfig& a, const LearnerConfig& b) {
  return to_text(a.estimator) == to_text(b.estimator) && a.equivalent_to == b.equivalent_to;
}

/// From the coordinates of one estimator into those of another on the same grid, by way of the STE's.
class Translation {
 public:
  Translation(const Spec& from, const Spec& to, const Grid& grid)
      : from_estimator_(estimator_registry().make(from, "estimator", grid)),
        to_estimator_(estimator_registry().make(to, "estimator", grid)),
        from_(*from_estimator_),
        to_(*to_estimator_) {}

  double rate_factor() const { return from_.alpha() / to_.alpha(); }

  /// In the precision of the run.
  template <class T>
  double map(double w) const {
    return static_cast<double>(static_cast<T>(to_.inverse(from_.map(w))));
  }

 private:
  std::unique_ptr<Estimator> from_estimator_, to_estimator_;
  Rescaling from_, to_;
};

void require_rescaling(const LearnerConfig& learner, const LearnerConfig& source, const Grid& grid) {
  for (const LearnerConfig* l : {&source, &learner}) {
    const auto estimator = estimator_registry().make(l->estimator, "learner " + l->name + ".estimator", grid);
    const std::vector<std::string> obstacles = rescaling_obstacles(*estimator);
    if (!obstacles.empty())
      throw InputError("learner " + learner.name + ".equivalent_to",
                       fmt::format("\"{}\" is not allowed: estimator {} has no alpha and M ({}); allowed: a learner whose "
                                   "estimator has them (see steq equiv)",
                                   source.name, to_text(l->estimator), join(obstacles)));
  }
}

}  // namespace

template <class T>
std::vector<LearnerSetup> learner_setups(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  TensorValues start = inputs.weights;
  for (auto& tensor : start)
    for (double& w : tensor) w = static_cast<double>(static_cast<T>(w));
  std::vector<LearnerSetup> setups;
  for (const LearnerConfig& learner : config.learners) {
    LearnerSetup setup{learner.name, config.quantizer, learner.estimator, config.optimizer,
                       config.learning_rate * learner.learning_rate_scale, start,
                       std::vector<double>(inputs.tensors.size(), 1.0), config.seed, inputs.statistic_values};
    for (std::size_t t = 0; t < inputs.tensors.size(); ++t) {
      if (!learner.equivalent_to || !inputs.tensors[t].quantize) continue;
      const LearnerConfig& source = learner_named(config, *learner.equivalent_to);
      const auto quantizer = quantizer_registry().make(config.quantizer, "quantizer", inputs.tensors[t].fan_in);
      require_rescaling(learner, source, quantizer->grid());
      if (!rescales(config)) continue;
      const Translation translation(source.estimator, learner.estimator, quantizer->grid());
      setup.rate_factors[t] = translation.rate_factor();
      for (double& w : setup.initial[t]) w = translation.map<T>(w);
    }
    setups.push_back(std::move(setup));
  }
  return setups;
}

PairRole role_of(const ExperimentConfig& config, const std::string& a, const std::string& b) {
  const LearnerConfig &first = learner_named(config, a), &second = learner_named(config, b);
  if (second.equivalent_to && same_recipe(first, learner_named(config, *second.equivalent_to)))
    return {rescales(config), first.learning_rate_scale == second.learning_rate_scale ? "equivalent" : "other"};
  if (!same_recipe(first, second)) return {false, "other"};
  return {false, first.learning_rate_scale == second.learning_rate_scale ? "identical" : "jitter"};
}

template <class T>
WeightMap weight_map(const ExperimentConfig& config, const std::string& a, const std::string& b) {
  if (!role_of(config, a, b).mapped) return [](const Grid&, double w) { return w; };
  const Spec from = learner_named(config, a).estimator, to = learner_named(config, b).estimator;
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
