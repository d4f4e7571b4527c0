// SPDX-License-Identifier: MIT
#include "theory/predictions/twin_prediction.hpp"

#include <cmath>

#include "sim/core/parallel.hpp"
#include "sim/core/sums.hpp"

namespace steq {
namespace {

constexpr double kDifference = 1e-5;  ///< of central differences, in units of the bin

struct ShapeBlock {
  std::array<double, kBlock> q, slope;
};

/// q and dq/dw of a block.
ShapeBlock shape_of(const Estimator& estimator, std::span<const double> w) {
  ShapeBlock block;
  std::array<double, kBlock> shifted, low, high;
  const std::size_t n = w.size();
  const Grid& grid = estimator.grid();
  const double step = kDifference * (grid.delta > 0 ? grid.delta : grid.range);
  const auto shift = [&](double by) {
    for (std::size_t i = 0; i < n; ++i) shifted[i] = w[i] + by;
    return std::span<const double>(shifted).first(n);
  };
  estimator.unmasked_derivatives(w, std::span(block.q).first(n));
  estimator.unmasked_derivatives(shift(-step), std::span(low).first(n));
  estimator.unmasked_derivatives(shift(step), std::span(high).first(n));
  for (std::size_t i = 0; i < n; ++i) block.slope[i] = (high[i] - low[i]) / (2 * step);
  return block;
}

}  // namespace

std::vector<std::string> prediction_obstacles(const Estimator& estimator, const Optimizer& optimizer) {
  std::vector<std::string> obstacles;
  const GradientOptions& options = optimizer.options();
  if (estimator.traits().layer_wide) obstacles.push_back("the estimator depends on the other weights of the layer");
  if (options.clip_value > 0) obstacles.push_back("each gradient is clipped");
  if (!optimizer.scale_invariant()) return obstacles;
  if (estimator.traits().sign_dependent) obstacles.push_back("an adaptive rule, and factors that depend on the sign");
  if (estimator.traits().noisy) obstacles.push_back("an adaptive rule, and random factors");
  if (options.weight_decay > 0) obstacles.push_back("an adaptive rule with coupled decay");
  if (options.clip_norm > 0) obstacles.push_back("an adaptive rule with clipping to a norm");
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
  const Chart& chart = twin_.chart(tensor);
  std::array<double, kBlock> w, factored;
  std::copy_n(weights.latent().begin() + static_cast<std::ptrdiff_t>(first), n, w.begin());
  const std::span<const double> h = std::span<const double>(gradients_[tensor]).subspan(first, n);
  std::copy(h.begin(), h.end(), factored.begin());
  const ShapeBlock shape = shape_of(weights.estimator(), std::span<const double>(w).first(n));
  const bool modulated = weights.estimator().traits().sign_dependent;
  if (modulated)
    weights.estimator().backward(std::span<const double>(w).first(n), std::span(factored).first(n), BlockPlace{});
  const EstimatorBounds bounds = weights.estimator().bounds();
  const double spread = weights.estimator().traits().noisy ? (bounds.upper - bounds.lower) / std::sqrt(12.0) : 0;
  const GradientOptions& options = view.learner.optimizer().options();
  const bool decays = options.weight_decay > 0 || options.decoupled_decay > 0;
  for (std::size_t i = 0; i < n; ++i)
    states_[tensor][first + i] = {.w = w[i],
                                  .q = shape.q[i],
                                  .slope = shape.slope[i],
                                  .gradient = h[i],
                                  .excess = modulated ? factored[i] - shape.q[i] * h[i] : 0,
                                  .mapped = decays ? chart.map(w[i]) : 0,
                                  .alpha = chart.alpha(),
                                  .spread = spread};
}

/// Norms over all tensors of q h and of h.
template <class T>
UpdateMoment TwinPrediction<T>::moment(const UpdateView<T>& view) const {
  UpdateMoment moment{.rate = view.learning_rate, .step = view.step};
  const double limit = view.learner.optimizer().options().clip_norm;
  if (limit == 0) return moment;
  double own = 0, plain = 0;
  for (std::size_t t = 0; t < gradients_.size(); ++t) {
    const auto square = [&](std::size_t i) { return gradients_[t][i] * gradients_[t][i]; };
    const auto estimated = [&](std::size_t i) { return states_[t][i].q * states_[t][i].q * square(i); };
    const double sum = pairwise_sum(0, gradients_[t].size(), square);
    plain += sum;
    own += states_[t].empty() ? sum : pairwise_sum(0, gradients_[t].size(), estimated);
  }
  moment.norm_factor = norm_factor(std::sqrt(own), limit);
  moment.twin_norm_factor = norm_factor(std::sqrt(plain), limit);
  return moment;
}

template <class T>
void TwinPrediction<T>::before_update(const UpdateView<T>& view) {
  if (view.index != index_) return;
  for (std::size_t t = 0; t < gradients_.size(); ++t) {
    passing_gradient<T>(view, t, gradients_[t]);
    if (states_[t].empty()) continue;
    parallel_for(view.learner.tensors()[t].blocks(), threads_, [&](std::size_t b, int) { look(view, t, b); });
  }
  const UpdateMoment now = moment(view);
  for (std::size_t t = 0; t < states_.size(); ++t)
    parallel_for((states_[t].size() + kBlock - 1) / kBlock, threads_, [&](std::size_t b, int) {
      for (std::size_t i = b * kBlock; i < std::min((b + 1) * kBlock, states_[t].size()); ++i)
        errors_[t].advance(i, states_[t][i], now);
    });
}

template class TwinPrediction<float>;
template class TwinPrediction<double>;

}  // namespace steq
