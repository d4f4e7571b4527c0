// SPDX-License-Identifier: MIT
// Residual quantization: what one codebook leaves over goes to the next.
#include <cmath>

#include "sim/codebooks/kmeans_centres.hpp"
#include "sim/codings/coding.hpp"
#include "sim/quantizers/nearest_level.hpp"

namespace steq::codings {
namespace {

constexpr int kMostBits = 48;

struct Residual {
  static constexpr bool kWeighs = true, kByRows = false;
  std::size_t levels, stages;

  template <class T>
  CodedWeights<T> apply(const FinishedWeights<T>& weights, const CodingJob&) const {
    CodedWeights<T> coded{.values = std::vector<T>(weights.w.size()), .levels = 1, .stored = stages * levels};
    for (std::size_t stage = 0; stage < stages; ++stage) {
      const std::vector<T> left = left_over(weights.w, coded.values);
      const SortedValues<T> sorted(left, weights.curvature);
      const std::vector<double> centres = kmeans_centres(sorted, equidistant_centres(sorted, levels));
      coded.indices.push_back({.counts = add_centres(centres, left, coded.values)});
      coded.parameters["centres"].insert(coded.parameters["centres"].end(), centres.begin(), centres.end());
      coded.levels *= levels;
    }
    return coded;
  }

  template <class T>
  static std::vector<T> left_over(std::span<const T> w, const std::vector<T>& values) {
    std::vector<T> left(w.size());
    for (std::size_t i = 0; i < w.size(); ++i) left[i] = w[i] - values[i];
    return left;
  }

  /// To each value the centre that is nearest to what is left; how often each was that.
  template <class T>
  static std::vector<std::size_t> add_centres(const std::vector<double>& centres, const std::vector<T>& left,
                                              std::vector<T>& values) {
    const Grid grid = grid_of_levels(centres);
    std::vector<std::size_t> counts(centres.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
      const auto c = static_cast<std::size_t>(grid.level_at(static_cast<double>(left[i])));
      values[i] += static_cast<T>(centres[c]);
      ++counts[c];
    }
    return counts;
  }
};

ParameterInfo whole(const std::string& name, std::int64_t fallback, double least, double most,
                    const std::string& meaning) {
  return {
      .name = name, .kind = Kind::integer, .fallback = Value(fallback), .meaning = meaning, .min = least, .max = most};
}

}  // namespace

CodingRegistry::Entry residual() {
  return coding_entry(
      {.name = "residual",
       .summary =
           "A sum of centres: k-means, then k-means of what it leaves over, and so on; of finished weights alone.",
       .formula = "Q(w) = c1(w) + c2(w - c1(w)) + ..., each the nearest centre of that stage's k-means",
       .citation = "Gong et al., arXiv:1412.6115, section 3.3",
       .parameters = {whole("levels", 2, 2, 4096, "centres of each stage"),
                      whole("stages", 2, 1, 16, "codebooks, one after the other")},
       .aliases = {{"residual-kmeans"}, {"rq"}}},
      [](const Parameters& p) {
        const std::int64_t levels = p.integer("levels"), stages = p.integer("stages");
        if (static_cast<double>(stages) * std::log2(static_cast<double>(levels)) > kMostBits)
          throw ParameterError("stages", fmt::format("{} is not allowed with {} levels each; allowed: codes of at most "
                                                     "{} bits",
                                                     stages, levels, kMostBits));
        return Residual{static_cast<std::size_t>(levels), static_cast<std::size_t>(stages)};
      });
}

}  // namespace steq::codings
