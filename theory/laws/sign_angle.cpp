// SPDX-License-Identifier: MIT
// The angle between a normal vector and its signs, by dimension.
#include "sim/codings/geometry.hpp"
#include "theory/laws/law.hpp"

namespace steq::laws {
namespace {

/// Of one vector: its 1-norm over sqrt(d) times its 2-norm.
double drawn_cosine(std::size_t dimension, RandomStream& stream) {
  double magnitudes = 0, squares = 0;
  for (std::size_t i = 0; i < dimension; ++i) {
    const double x = draw_standard_normal(stream);
    magnitudes += std::abs(x), squares += x * x;
  }
  return magnitudes / std::sqrt(static_cast<double>(dimension) * squares);
}

Profile angles_by_dimension(const Parameters&, const LawDraws& draws) {
  Profile profile{"dimension, doublings", "mean cosine", {}, {}, {}, {}};
  for (std::uint32_t k = 0; k <= 10; ++k) {
    const std::size_t dimension = std::size_t{1} << k;
    RandomStream stream = draws.stream(1, k);
    const std::size_t vectors = std::max<std::size_t>(draws.count / dimension, 10);
    profile.add(k, expected_sign_cosine(static_cast<double>(dimension)),
                mean_of_draws(vectors, [&] { return drawn_cosine(dimension, stream); }));
  }
  return profile;
}

}  // namespace

LawRegistry::Entry sign_angle() {
  return {{.name = "sign-angle",
           .summary = "The mean cosine between a normal vector and its signs, which falls to sqrt(2 / pi).",
           .formula = "E cos = sqrt(d / pi) Gamma(d / 2) / Gamma((d + 1) / 2)",
           .citation = "Anderson, Berg, arXiv:1705.07199",
           .parameters = {}},
          angles_by_dimension};
}

}  // namespace steq::laws
