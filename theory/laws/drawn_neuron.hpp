// SPDX-License-Identifier: MIT
// A neuron whose ternary weights are drawn from a random posterior, for laws that need an example.
#pragma once

#include <array>
#include <vector>

#include "theory/laws/discrete_posterior.hpp"
#include "theory/laws/law.hpp"

namespace steq {

struct DrawnNeuron {
  static constexpr std::array<double, 3> kValues{-1, 0, 1};

  std::vector<std::array<double, 3>> shares;  ///< [weights]: of the values
  std::vector<double> inputs;                 ///< [weights]

  DrawnNeuron(std::size_t weights, const LawDraws& draws) {
    RandomStream stream = draws.stream(0, 0);
    for (std::size_t i = 0; i < weights; ++i) {
      std::array<double, 3> share{0.1 + stream.uniform(), 0.1 + stream.uniform(), 0.1 + stream.uniform()};
      const double sum = share[0] + share[1] + share[2];
      for (double& s : share) s /= sum;
      shares.push_back(share);
      inputs.push_back(draw_standard_normal(stream));
    }
  }

  Moments preactivation() const {
    std::vector<Moments> weights;
    for (const auto& share : shares) weights.push_back(weight_moments(kValues, share));
    return preactivation_moments(weights, inputs);
  }

  /// The pre-activation of one draw of all weights.
  double draw(RandomStream& stream) const {
    double sum = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const double u = stream.uniform();
      sum += inputs[i] * (u < shares[i][0] ? -1 : u < shares[i][0] + shares[i][1] ? 0 : 1);
    }
    return sum;
  }
};

}  // namespace steq
