// SPDX-License-Identifier: MIT
#include "experiments/training/tensor_facts.hpp"

#include <algorithm>
#include <cmath>

namespace steq {
namespace {

constexpr double kWellAboveEpsilon = 100;

template <class Values, class Condition>
double share(const Values& values, const Condition& condition) {
  const auto count = std::count_if(values.begin(), values.end(), condition);
  return static_cast<double>(count) / static_cast<double>(values.size());
}

/// Of the weights whose gate is closed.
template <class T>
double dead_share(const WeightTensor<T>& tensor) {
  std::size_t dead = 0;
  std::array<double, kBlock> open;
  for (std::size_t first = 0; first < tensor.latent().size(); first += kBlock) {
    const std::span<double> gradient = std::span(open).first(std::min(kBlock, tensor.latent().size() - first));
    std::ranges::fill(gradient, 1.0);
    tensor.close_gate(first, gradient);
    dead += static_cast<std::size_t>(std::ranges::count(gradient, 0.0));
  }
  return static_cast<double>(dead) / static_cast<double>(tensor.latent().size());
}

/// The second moment is the last of an optimizer's states.
template <class T>
double small_moment_share(const WeightTensor<T>& tensor, const AdaptiveMoments& rule, Step steps) {
  const double root = rule.bias_corrected ? std::sqrt(1 - std::pow(rule.beta2, steps)) : 1;
  return share(tensor.states().back().span(),
               [&](T v) { return std::sqrt(static_cast<double>(v)) < kWellAboveEpsilon * rule.epsilon * root; });
}

}  // namespace

template <class T>
Json tensor_facts(const Learner<T>& learner, Step steps) {
  Json facts = Json::object();
  const UpdateRule rule = learner.optimizer().rule();
  for (const WeightTensor<T>& tensor : learner.tensors()) {
    if (!tensor.quantized()) continue;
    Json& entry = facts[tensor.info().name];
    entry = {{"largest_gradient", to_json(tensor.extremes().gradient)},
             {"largest_step", to_json(tensor.extremes().step)},
             {"dead_share", dead_share(tensor)},
             {"rate_factor", tensor.rate_factor()}};
    if (const auto* moments = std::get_if<AdaptiveMoments>(&rule))
      entry["small_moment_share"] = small_moment_share(tensor, *moments, steps);
  }
  return facts;
}

template Json tensor_facts<float>(const Learner<float>&, Step);
template Json tensor_facts<double>(const Learner<double>&, Step);

}  // namespace steq
