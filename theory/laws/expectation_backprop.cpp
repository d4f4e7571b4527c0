// SPDX-License-Identifier: MIT
// The update of expectation backpropagation against Bayes' rule over all weights.
#include <algorithm>
#include <vector>

#include "theory/laws/expected_signs.hpp"
#include "theory/laws/law.hpp"

namespace steq::laws {
namespace {

struct SignNeuron {
  std::vector<double> h, inputs;  ///< inputs are -1 or 1, so that z is a whole number

  /// The probability that z + bias is positive when the first weight is `sign` and the others are drawn: shares of all z,
  /// weight by weight; a half of 0 counts to either side.
  double probability(double sign, std::ptrdiff_t bias) const {
    const auto n = static_cast<std::ptrdiff_t>(h.size());
    std::vector<double> share(static_cast<std::size_t>(2 * n + 1)), next(share.size());
    share[h.size()] = 1;
    for (std::size_t i = 0; i < h.size(); ++i) {
      const double mean = i == 0 ? sign : std::tanh(h[i]), up = (1 + mean * inputs[i]) / 2;
      std::ranges::fill(next, 0.0);
      for (std::size_t z = 1; z + 1 < share.size(); ++z)
        next[z + 1] += up * share[z], next[z - 1] += (1 - up) * share[z];
      std::swap(share, next);
    }
    double positive = 0;
    for (std::ptrdiff_t z = -n; z <= n; ++z)
      if (z + bias >= 0) positive += (z + bias == 0 ? 0.5 : 1) * share[static_cast<std::size_t>(z + n)];
    return positive;
  }
};

SignNeuron drawn_sign_neuron(std::int64_t weights, const LawDraws& draws) {
  RandomStream stream = draws.stream(0, 0);
  SignNeuron neuron;
  for (std::int64_t i = 0; i < weights; ++i) {
    neuron.h.push_back(0.5 * draw_standard_normal(stream));
    neuron.inputs.push_back(stream.uniform() < 0.5 ? -1 : 1);
  }
  return neuron;
}

/// What a sample of sign 1 tells of the first weight, by the bias of the neuron.
Profile odds_after_one_sample(const Parameters& p, const LawDraws& draws) {
  const SignNeuron neuron = drawn_sign_neuron(p.integer("inputs"), draws);
  Moments z = sign_preactivation(neuron.h, neuron.inputs);
  const double mean = z.mean;
  Profile profile{"mean of z, standard deviations", "change of h", {}, {}, {}, {}};
  for (int i = -8; i <= 8; ++i) {
    const auto bias = static_cast<std::ptrdiff_t>(std::lround(0.25 * i * z.deviation() - mean));
    z.mean = mean + static_cast<double>(bias);
    const double odds = neuron.probability(1, bias) / neuron.probability(-1, bias);
    profile.add(z.mean / z.deviation(), sign_update(z, neuron.inputs[0], 1), std::log(odds) / 2);
  }
  return profile;
}

}  // namespace

LawRegistry::Entry expectation_backprop() {
  return {
      {.name = "expectation-backprop",
       .summary = "What a sample tells of weights -1 and 1: the update of expectation backpropagation against Bayes.",
       .formula =
           "P(w = +-1) ~ exp(+-h); h_i <- h_i + phi(r) / Phi(r) v_i / sd for a sample whose sign is 1, r = mean / "
           "sd, mean = b + sum of tanh(h_i) v_i, sd^2 = sum of 1 - tanh(h_i)^2 v_i^2",
       .citation = "Soudry, Hubara, Meir, NIPS 2014; the update is derived anew",
       .parameters = {law_count("inputs", 101, "weights of the neuron, whose inputs are -1 or 1", 2001)}},
      odds_after_one_sample};
}

}  // namespace steq::laws
