// SPDX-License-Identifier: MIT
// The levels are the centres of the weights' clusters.
#include "sim/codebooks/kmeans_centres.hpp"
#include "sim/quantizers/nearest_level.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

struct KmeansSetup {
  std::size_t levels;
  Step refit_every;
  Numbers start;  ///< empty: equidistant
  bool weighs_by_moments;
};

class Kmeans {
 public:
  Kmeans(KmeansSetup setup, const TensorShape& tensor)
      : setup_(std::move(setup)), usual_(std::sqrt(6.0 / static_cast<double>(tensor.fan_in))) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "centres",
             .meaning = "means of the weights that are nearest to each, in weight units",
             .by = setup_.refit_every > 0 ? GridParameter::By::fitted : GridParameter::By::first,
             .count = setup_.levels}};
  }
  std::size_t group() const { return 0; }
  Step refit_every() const { return setup_.refit_every; }
  bool weighs_by_moments() const { return setup_.weighs_by_moments; }
  Grid grid_at(std::span<const double> numbers) const { return grid_of_levels({numbers.begin(), numbers.end()}); }
  GridFrame frame_at(std::span<const double> numbers) const { return frame_of_levels(numbers); }
  std::vector<double> example() const {
    if (!setup_.start.empty()) return setup_.start;
    const double ends[] = {-usual_, usual_};
    return equidistant_centres(SortedValues<double>(ends), setup_.levels);
  }

  /// From the centres of then.
  template <class T>
  void fit(std::span<const T> w, std::span<const T> curvature, std::span<double> numbers) const {
    const SortedValues<T> values(w, curvature);
    std::vector<double> centres(numbers.begin(), numbers.end());
    const bool first = std::ranges::all_of(centres, [](double c) { return c == 0; });
    if (first) centres = setup_.start.empty() ? equidistant_centres(values, setup_.levels) : setup_.start;
    std::ranges::copy(kmeans_centres(values, std::move(centres)), numbers.begin());
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    to_nearest_level(grid_at(place.grid), w, level, value);
  }

 private:
  KmeansSetup setup_;
  double usual_;  // W of weights uniform in [-W, W]
};

std::vector<ParameterInfo> kmeans_parameters() {
  return {
      {.name = "levels",
       .kind = Kind::integer,
       .fallback = Value(std::int64_t{4}),
       .meaning = "number of clusters",
       .min = 2,
       .max = 4096},
      {.name = "refit_every",
       .kind = Kind::integer,
       .fallback = Value(std::int64_t{0}),
       .meaning = "updates from one clustering to the next, which begins with the centres of then; 0: that of the "
                  "first weights stays",
       .min = 0,
       .max = 1e9},
      {.name = "start",
       .kind = Kind::numbers,
       .fallback = Value("equidistant"),
       .meaning = "the first centres, rising; equidistant: from the smallest to the largest weight",
       .words = {"equidistant"},
       .refusal = not_rising},
      {.name = "curvature",
       .kind = Kind::text,
       .fallback = Value("none"),
       .meaning = "how much a weight counts when clusters are found anew: none: all alike; adam: by the optimizer's "
                  "second moment",
       .words = {"none", "adam"}}};
}

KmeansSetup kmeans_setup(const Parameters& p) {
  KmeansSetup setup{.levels = static_cast<std::size_t>(p.integer("levels")),
                    .refit_every = static_cast<Step>(p.integer("refit_every")),
                    .start = p.is_word("start") ? Numbers() : p.numbers("start"),
                    .weighs_by_moments = p.text("curvature") == "adam"};
  if (!setup.start.empty() && setup.start.size() != setup.levels)
    throw ParameterError("start", fmt::format("{} numbers are not allowed with {} levels; allowed: {}",
                                              setup.start.size(), setup.levels, setup.levels));
  if (setup.weighs_by_moments && setup.refit_every == 0)
    throw ParameterError("curvature",
                         "\"adam\" is not allowed with refit_every 0: the first weights have no moments; allowed: "
                         "refit_every of at least 1, or \"none\"");
  return setup;
}

}  // namespace

QuantizerRegistry::Entry kmeans() {
  return quantizer_entry(
      {.name = "kmeans",
       .summary = "Levels are the centres of the weights' clusters, by Lloyd's algorithm; an empty cluster keeps its "
                  "centre.",
       .formula = "Q(w) = the nearest c_j, c_j = sum of h w / sum of h over the weights nearest to it; h = 1, or the "
                  "curvature",
       .citation = "Gong et al., arXiv:1412.6115; Choi, El-Khamy, Lee, arXiv:1612.01543",
       .parameters = kmeans_parameters(),
       .aliases = {{"k-means"}, {"lloyd"}, {"clustering"}, {"codebook"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        require_weights(tensor);
        return Kmeans(kmeans_setup(p), tensor);
      });
}

}  // namespace steq::quantizers
