// SPDX-License-Identifier: MIT
// How far apart in time weights with the same sequence change. Weights that disagree are not looked at: a selection.
#include "sim/metrics/ratio.hpp"
#include "sim/metrics/registry.hpp"

namespace steq::metrics {

MetricRegistry::Entry average_change_point_error() {
  return {{.name = "average_change_point_error",
           .summary = "Mean distance in time between corresponding change points of the weights whose sequences "
                      "agree; steps, >= 0, undefined where none of them changed.",
           .formula = "sum |step_a - step_b| / #change points, over agreeing weights",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.sequences().step_difference, c.sequences().changes_of_agreeing); }};
}

MetricRegistry::Entry average_compressed_change_point_error() {
  return {{.name = "average_compressed_change_point_error",
           .summary = "Mean distance in time between corresponding entries of the weights whose compressed sequences "
                      "agree, where A B A B that is folded to A B keeps the step of its last B; steps, >= 0, undefined "
                      "where none of them changed.",
           .formula = "sum |step_a - step_b| / #compressed change points, over weights that agree when compressed",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) {
            return ratio(c.sequences().compressed_step_difference, c.sequences().compressed_changes_of_agreeing);
          }};
}

}  // namespace steq::metrics
