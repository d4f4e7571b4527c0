// SPDX-License-Identifier: MIT
// How many weights went through the same levels in the same order.
#include "sim/metrics/ratio.hpp"
#include "sim/metrics/registry.hpp"

namespace steq::metrics {

MetricRegistry::Entry change_point_sequence_agreement() {
  return {{.name = "change_point_sequence_agreement",
           .summary = "Share of all quantized weights that went through the same levels in the same order, whatever "
                      "the steps; 0 to 1.",
           .formula = "#{levels_a = levels_b} / #weights",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.sequences().agreeing, c.sequences().weights); }};
}

MetricRegistry::Entry compressed_change_point_sequence_agreement() {
  return {{.name = "compressed_change_point_sequence_agreement",
           .summary = "Share of all quantized weights whose level sequences are equal once alternations A B A B are "
                      "folded to A B, from the left on and as long as there are any; 0 to 1.",
           .formula = "#{compressed levels_a = compressed levels_b} / #weights",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.sequences().compressed_agreeing, c.sequences().weights); }};
}

MetricRegistry::Entry change_point_sequence_agreement_of_changed() {
  return {{.name = "change_point_sequence_agreement_of_changed",
           .summary = "change_point_sequence_agreement among the weights whose level changed in either learner; "
                      "0 to 1, undefined where none changed.",
           .formula = "#{changed, levels_a = levels_b} / #changed",
           .citation = "",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.sequences().agreeing_changed, c.sequences().changed); }};
}

}  // namespace steq::metrics
