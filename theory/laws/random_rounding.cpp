// SPDX-License-Identifier: MIT
// Random rounding keeps the mean, and pays with variance.
#include <algorithm>

#include "sim/quantizers/quantizer.hpp"
#include "theory/laws/law.hpp"

namespace steq::laws {
namespace {

/// Mean over draws of what training uses for a weight, by the quantizer itself.
double mean_value(const Quantizer& quantizer, double w, const LawDraws& draws, std::uint32_t tensor) {
  double sum = 0;
  std::size_t done = 0;
  for (Step step = 1; done < draws.count; ++step) {
    const std::vector<double> weights(std::min(kBlock, draws.count - done), w);
    std::vector<Level> level(weights.size());
    std::vector<double> value(weights.size());
    quantizer.quantize(std::span<const double>(weights), level, std::span<double>(value),
                       {.seed = draws.seed, .step = step, .tensor = tensor});
    for (const double v : value) sum += v;
    done += weights.size();
  }
  return sum / static_cast<double>(done);
}

Profile means_of_rounding(const Parameters& p, const LawDraws& draws) {
  const bool binary = p.text("to") == "binary";
  const auto quantizer =
      quantizer_registry().make({binary ? "random-binary" : "random-ternary", {}}, "", TensorShape{6});
  Profile profile{"weight", "mean of the rounded weight", {}, {}, {}, {}};
  for (std::uint32_t i = 0; i <= 20; ++i) {
    const double w = -1.5 + 0.15 * i;
    profile.add(w, std::clamp(w, -1.0, 1.0), mean_value(*quantizer, w, draws, i));
  }
  return profile;
}

}  // namespace

LawRegistry::Entry random_rounding() {
  return {
      {.name = "random-rounding",
       .summary = "Random rounding to -1 and 1, or to -1, 0 and 1, keeps the mean inside.",
       .formula = "binary: P(1) = clip((w + 1) / 2, 0, 1); ternary: sgn(w) with probability |w|; mean clip(w, -1, 1)",
       .citation = "Courbariaux, Bengio, David, arXiv:1511.00363; Lin et al., arXiv:1510.03009",
       .parameters = {{.name = "to",
                       .kind = Kind::text,
                       .fallback = Value("binary"),
                       .meaning = "the levels",
                       .words = {"binary", "ternary"}}}},
      means_of_rounding};
}

}  // namespace steq::laws
