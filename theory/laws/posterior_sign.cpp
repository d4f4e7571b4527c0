// SPDX-License-Identifier: MIT
// The sign of a neuron whose weights are distributions: the central limit theorem against draws of all weights.
#include "theory/laws/drawn_neuron.hpp"

namespace steq::laws {
namespace {

Profile posterior_signs(const Parameters& p, const LawDraws& draws) {
  const DrawnNeuron neuron(static_cast<std::size_t>(p.integer("inputs")), draws);
  const Moments z = neuron.preactivation();
  Profile profile{"bias, standard deviations of the pre-activation", "probability of a positive sign", {}, {}, {}, {}};
  for (int i = -10; i <= 10; ++i) {
    const double bias = 0.25 * i * z.deviation() - z.mean;
    RandomStream stream = draws.stream(1, static_cast<std::uint32_t>(i + 10));
    profile.add(0.25 * i, positive_probability({z.mean + bias, z.variance}),
                share_of_draws(draws.count, [&] { return neuron.draw(stream) + bias > 0; }));
  }
  return profile;
}

}  // namespace

LawRegistry::Entry posterior_sign() {
  return {{.name = "posterior-sign",
           .summary = "The sign of a neuron with ternary weights of known distribution, by the central limit theorem.",
           .formula = "P(sum of w_i x_i + b > 0) = Phi((sum of E[w_i] x_i + b) / sqrt(sum of Var[w_i] x_i^2))",
           .citation = "Soudry, Hubara, Meir, NIPS 2014",
           .parameters = {law_count("inputs", 64, "weights of the neuron", 100000)}},
          posterior_signs};
}

}  // namespace steq::laws
