// SPDX-License-Identifier: MIT
#include "theory/predictions/twin_prediction.hpp"

#include <cmath>

#include "sim/core/parallel.hpp"
#include "sim/core/sums.hpp"
#include "theory/estimator_facts.hpp"
#include "theory/passing_gradient.hpp"
#include "theory/reasons.hpp"

namespace steq {
namespace {

/// (factor - 1) h of a block, where the estimator multiplies by more than q.
void find_excess(const Estimator& estimator, std::span<const double> w, std::span<WeightState> states) {
  if (!estimator.traits().sign_dependent) return;
  std::array<double, kBlock> gradient;
  for (std::size_t i = 0; i < w.size(); ++i) gradient[i] = states[i].gradient;
  estimator.backward(w, std::span(gradient).first(w.size()), BlockPlace{});
  for (std::size_t i = 0; i < w.size(); ++i) states[i].excess = gradient[i] - states[i].q * states[i].gradient;
}

}  // namespace

/// What the leading order covers is taken out: all rules cover decoupled decay, those that scaling matters to also signs,
/// random factors, coupled decay and clipping to a norm.
std::vector<std::string> prediction_obstacles(const Estimator& estimator, const Optimizer& optimizer) {
  EstimatorTraits traits = estimator.traits();
  GradientOptions options = optimizer.options();
  options.decoupled_decay = 0;
  if (!optimizer.scale_invariant()) {
    traits.sign_dependent = traits.noisy = false;
    options.weight_decay = options.clip_norm = 0;
  }
  std::vector<std::string> obstacles = influences_beside_the_weight(traits);
  for (std::string& action : actions_beside_the_rule(options)) obstacles.push_back(std::move(action));
  return obstacles;
}

template <class T>
TwinPrediction<T>::TwinPrediction(const Learner<T>& learner, const DrivenTwin<T>& twin, std::size_t index, int threads)
    : twin_(twin), index_(index), threads_(threads) {
  for (const WeightTensor<T>& tensor : learner.tensors()) {
    const std::size_t weights = tensor.latent().size();
    gradients_.emplace_back(weights);
    errors_.emplace_back(tensor.quantized() ? weights : 0, learner.optimizer().rule(), learner.optimizer().options());
    states_.emplace_back(tensor.quantized() ? weights : 0);
  }
}

template <class T>
void TwinPrediction<T>::look(const UpdateView<T>& view, std::size_t tensor, std::size_t block) {
  const WeightTensor<T>& weights = view.learner.tensors()[tensor];
  const std::size_t first = block * kBlock, n = std::min(kBlock, weights.latent().size() - first);
  const Estimator& estimator = weights.estimator();
  std::array<double, kBlock> copy, q, slope;
  std::copy_n(weights.latent().begin() + static_cast<std::ptrdiff_t>(first), n, copy.begin());
  const std::span<const double> w = std::span<const double>(copy).first(n);
  estimator.unmasked_derivatives(w, std::span(q).first(n));
  slopes(estimator, w, std::span(slope).first(n));
  const GradientOptions& options = view.learner.optimizer().options();
  const bool decays = options.weight_decay > 0 || options.decoupled_decay > 0;
  const Chart& chart = twin_.chart(tensor);
  const std::span<WeightState> states = std::span(states_[tensor]).subspan(first, n);
  for (std::size_t i = 0; i < n; ++i)
    states[i] = {.w = w[i],
                 .q = q[i],
                 .slope = slope[i],
                 .gradient = gradients_[tensor][first + i],
                 .mapped = decays ? chart.map(w[i]) : 0,
                 .alpha = chart.alpha(),
                 .spread = factor_spread(estimator)};
  find_excess(estimator, w, states);
}

/// Norms over all tensors of q h and of h.
template <class T>
UpdateScales TwinPrediction<T>::scales(const UpdateView<T>& view) const {
  UpdateScales scales{.rate = view.learning_rate, .step = view.step};
  const double limit = view.learner.optimizer().options().clip_norm;
  if (limit == 0) return scales;
  double own = 0, plain = 0;
  for (std::size_t t = 0; t < gradients_.size(); ++t) {
    const auto square = [&](std::size_t i) { return gradients_[t][i] * gradients_[t][i]; };
    const auto estimated = [&](std::size_t i) { return states_[t][i].q * states_[t][i].q * square(i); };
    const double sum = pairwise_sum(0, gradients_[t].size(), square);
    plain += sum;
    own += states_[t].empty() ? sum : pairwise_sum(0, gradients_[t].size(), estimated);
  }
  scales.norm_factor = norm_factor(std::sqrt(own), limit);
  scales.twin_norm_factor = norm_factor(std::sqrt(plain), limit);
  return scales;
}

template <class T>
void TwinPrediction<T>::before_update(const UpdateView<T>& view) {
  if (view.index != index_) return;
  for (std::size_t t = 0; t < gradients_.size(); ++t) {
    passing_gradient<T>(view, t, gradients_[t]);
    if (states_[t].empty()) continue;
    parallel_for(view.learner.tensors()[t].blocks(), threads_, [&](std::size_t b, int) { look(view, t, b); });
  }
  const UpdateScales now = scales(view);
  for (std::size_t t = 0; t < states_.size(); ++t) {
    errors_[t].begin(now);
    parallel_for((states_[t].size() + kBlock - 1) / kBlock, threads_, [&](std::size_t b, int) {
      for (std::size_t i = b * kBlock; i < std::min((b + 1) * kBlock, states_[t].size()); ++i)
        errors_[t].advance(i, states_[t][i]);
    });
  }
}

template class TwinPrediction<float>;
template class TwinPrediction<double>;

}  // namespace steq
