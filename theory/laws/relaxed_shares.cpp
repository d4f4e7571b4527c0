// SPDX-License-Identifier: MIT
// How often logistic noise takes a weight to each level of relaxed quantization.
#include "sim/quantizers/relaxed_value.hpp"
#include "theory/laws/law.hpp"

namespace steq::laws {
namespace {

/// Level of w with noise added, where that lies in a bin; the outermost bins are as wide as the others.
bool reaches(const RelaxedGrid& grid, std::size_t level, double x) {
  return std::abs(x / grid.step - grid.place(level)) < 0.5;
}

double share_of(const RelaxedGrid& grid, std::size_t level, double w) {
  return std::exp(log_relaxed_share(grid, relaxed_threshold(grid, level, w), relaxed_threshold(grid, level + 1, w)));
}

Profile shares_of_levels(const Parameters& p, const LawDraws& draws) {
  const RelaxedGrid grid{
      .count = static_cast<std::size_t>(p.integer("levels")), .step = 1, .spread = p.number("spread")};
  const double half = static_cast<double>(grid.count) / 2;
  Profile profile{"weight, steps", "share of the second highest level", {}, {}, {}, {}};
  for (int i = 0; i <= 20; ++i) {
    const double w = -half + grid.step * static_cast<double>(grid.count) * i / 20;
    double total = 0;
    for (std::size_t level = 0; level < grid.count; ++level) total += share_of(grid, level, w);
    RandomStream stream = draws.stream(1, static_cast<std::uint32_t>(i));
    std::size_t inside = 0, there = 0;
    for (std::size_t d = 0; d < draws.count; ++d) {
      const double u = stream.uniform(), x = w + grid.spread * std::log(u / (1 - u));
      inside += std::abs(x) < half;
      there += reaches(grid, grid.count - 2, x);
    }
    profile.add(w, share_of(grid, grid.count - 2, w) / total,
                static_cast<double>(there) / static_cast<double>(std::max<std::size_t>(inside, 1)));
  }
  return profile;
}

}  // namespace

LawRegistry::Entry relaxed_shares() {
  ParameterInfo levels = law_count("levels", 4, "of the grid", kMostRelaxedLevels);
  levels.min = 2;
  return {{.name = "relaxed-shares",
           .summary = "How often logistic noise takes a weight to a level, of the times that it stays on the grid.",
           .formula = "p_i = (sig((g_i + 1/2 - w) / r) - sig((g_i - 1/2 - w) / r)) / sum over the levels; steps of 1",
           .citation = "Louizos et al., arXiv:1810.01875, section 2",
           .parameters = {levels,
                          {.name = "spread",
                           .fallback = Value(0.33),
                           .meaning = "scale of the noise, in steps",
                           .min = 0.01,
                           .max = 10}}},
          shares_of_levels};
}

}  // namespace steq::laws
