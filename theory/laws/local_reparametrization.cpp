// SPDX-License-Identifier: MIT
// Gradients of a mean loss by a weight's distribution: through normal draws of the pre-activation, against all weights
// one by one.
#include "theory/laws/drawn_neuron.hpp"

namespace steq::laws {
namespace {

constexpr std::size_t kMostWeights = 12;

/// log(1 + e^-z), the loss of a neuron that should be positive.
double loss_of(double z) { return std::max(-z, 0.0) + std::log1p(std::exp(-std::abs(z))); }
double loss_slope(double z) { return -1 / (1 + std::exp(z)); }

/// The mean loss over the 3^n values of all weights.
double exact_loss(const DrawnNeuron& neuron, std::size_t weight = 0, double z = 0, double probability = 1) {
  if (weight == neuron.inputs.size()) return probability * loss_of(z);
  double sum = 0;
  for (std::size_t k = 0; k < 3; ++k)
    sum += exact_loss(neuron, weight + 1, z + DrawnNeuron::kValues[k] * neuron.inputs[weight],
                      probability * neuron.shares[weight][k]);
  return sum;
}

/// By the share that moves from -1 to 1 of one weight; the mean loss is linear in it.
double exact_slope(DrawnNeuron neuron, std::size_t weight) {
  auto& share = neuron.shares[weight];
  const double moved = share[0] + share[2];
  share = {0, share[1], moved};
  const double above = exact_loss(neuron);
  share = {moved, share[1], 0};
  return (above - exact_loss(neuron)) / moved;
}

/// Along that path the mean rises by 2 x, the variance by -4 E[w] x^2.
double sampled_slope(const DrawnNeuron& neuron, std::size_t weight, const LawDraws& draws) {
  const Moments z = neuron.preactivation(), w = weight_moments(DrawnNeuron::kValues, neuron.shares[weight]);
  const double x = neuron.inputs[weight];
  const Moments rates{2 * x, -4 * w.mean * x * x};
  RandomStream stream = draws.stream(1, static_cast<std::uint32_t>(weight));
  return mean_of_draws(draws.count, [&] {
    const double noise = draw_standard_normal(stream);
    return loss_slope(reparametrized(z, noise)) * reparametrized_slope(z, rates, noise);
  });
}

Profile reparametrized_gradients(const Parameters& p, const LawDraws& draws) {
  const DrawnNeuron neuron(static_cast<std::size_t>(p.integer("inputs")), draws);
  Profile profile{"weight", "slope of the mean loss", {}, {}, {}, {}};
  for (std::size_t i = 0; i < neuron.inputs.size(); ++i)
    profile.add(static_cast<double>(i), exact_slope(neuron, i), sampled_slope(neuron, i, draws));
  return profile;
}

}  // namespace

LawRegistry::Entry local_reparametrization() {
  return {{.name = "local-reparametrization",
           .summary = "The gradient by a discrete weight's distribution, through normal draws of the pre-activation.",
           .formula = "z = mean + deviation e, e standard normal; dL/dp = E[L'(z) (dmean/dp + dvariance/dp e / "
                      "(2 deviation))]; what is predicted is the mean over all 3^n weights",
           .citation = "Shayer, Levi, Fetaya, arXiv:1710.07739",
           .parameters = {law_count("inputs", 10, "weights of the neuron", kMostWeights)}},
          reparametrized_gradients};
}

}  // namespace steq::laws
