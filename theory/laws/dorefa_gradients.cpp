// SPDX-License-Identifier: MIT
// DoReFa's gradients on few levels keep their mean.
#include "theory/laws/dorefa_gradient.hpp"
#include "theory/laws/law.hpp"

namespace steq::laws {
namespace {

Profile means_of_gradients(const Parameters& p, const LawDraws& draws) {
  const int bits = static_cast<int>(p.integer("bits"));
  Profile profile{"gradient, largest of the sample", "mean of the quantized gradient", {}, {}, {}, {}};
  for (std::uint32_t i = 0; i <= 20; ++i) {
    const double g = -1 + 0.1 * i;
    RandomStream stream = draws.stream(1, i);
    profile.add(g, g, mean_of_draws(draws.count, [&] { return dorefa_gradient(g, 1, bits, stream.uniform() - 0.5); }));
  }
  return profile;
}

}  // namespace

LawRegistry::Entry dorefa_gradients() {
  return {{.name = "dorefa-gradients",
           .summary = "A gradient on 2^bits levels with noise before the rounding keeps its mean.",
           .formula = "2 m (quant(g / (2 m) + 1/2 + N) - 1/2), m = max |g|, N uniform over a level's distance",
           .citation = "Zhou et al., arXiv:1606.06160, section 2.5",
           .parameters = {law_count("bits", 2, "of a gradient", 16)}},
          means_of_gradients};
}

}  // namespace steq::laws
