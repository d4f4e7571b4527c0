// SPDX-License-Identifier: MIT
// Oscillations: the there-and-backs that the compression of A B A B to A B folds away.
#include "sim/metrics/ratio.hpp"
#include "sim/metrics/registry.hpp"

namespace steq::metrics {
namespace {

MetricRegistry::Entry total(char learner, std::uint64_t SequenceTotals::*oscillations) {
  return {{.name = fmt::format("total_oscillations_{}", learner),
           .summary = fmt::format("Oscillations of all quantized weights of learner {}: alternations A B A B that "
                                  "compress to A B; a count, >= 0.",
                                  learner),
           .formula = "(#change points - #compressed change points) / 2",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [oscillations](const Comparison& c) -> std::optional<double> {
            if (c.sequences().weights == 0) return std::nullopt;
            return static_cast<double>(c.sequences().*oscillations);
          }};
}

}  // namespace

MetricRegistry::Entry average_oscillation_error() {
  return {{.name = "average_oscillation_error",
           .summary = "Difference in oscillation counts, entry by entry, for each compressed change point of the "
                      "weights whose compressed sequences agree; oscillations, >= 0, undefined where none changed.",
           .formula = "sum |count_a - count_b| / #compressed change points, over weights that agree when compressed",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) {
            return ratio(c.sequences().oscillation_difference, c.sequences().compressed_changes_of_agreeing);
          }};
}

MetricRegistry::Entry total_oscillations_a() { return total('a', &SequenceTotals::oscillations_a); }

MetricRegistry::Entry total_oscillations_b() { return total('b', &SequenceTotals::oscillations_b); }

}  // namespace steq::metrics
