// SPDX-License-Identifier: MIT
// How many weights end at the same level, and how many ever left their first one.
#include "sim/metrics/ratio.hpp"
#include "sim/metrics/registry.hpp"

namespace steq::metrics {

MetricRegistry::Entry quantized_weight_agreement() {
  return {{.name = "quantized_weight_agreement",
           .summary = "Share of all quantized weights that are at the same level after the last update; 0 to 1.",
           .formula = "#{last level_a = last level_b} / #weights",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.sequences().final_agreeing, c.sequences().weights); }};
}

MetricRegistry::Entry changed_weight_share() {
  return {{.name = "changed_weight_share",
           .summary = "Share of all quantized weights whose level changed at least once in either learner; 0 to 1.",
           .formula = "#changed / #weights",
           .citation = "",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.sequences().changed, c.sequences().weights); }};
}

MetricRegistry::Entry quantized_weight_agreement_of_changed() {
  return {{.name = "quantized_weight_agreement_of_changed",
           .summary = "quantized_weight_agreement among the weights whose level changed in either learner; 0 to 1, "
                      "undefined where none changed.",
           .formula = "#{changed, last level_a = last level_b} / #changed",
           .citation = "",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.sequences().final_agreeing_changed, c.sequences().changed); }};
}

}  // namespace steq::metrics
