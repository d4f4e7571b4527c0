// SPDX-License-Identifier: MIT
// How far the mapped latent weights of a end from those of b, against three measures of what is far.
#include "sim/metrics/ratio.hpp"
#include "sim/metrics/registry.hpp"

namespace steq::metrics {

MetricRegistry::Entry weight_alignment_error() {
  return {{.name = "weight_alignment_error",
           .summary = "Distance between the mapped weights of a and those of b after the last update, for each unit of "
                      "the path that b's weights travelled; dimensionless, >= 0, undefined where b did not move.",
           .formula = "sum |M(w_a) - w_b| / W / (sum over steps and weights |w_b(t+1) - w_b(t)| / W)",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.alignment().distance, c.alignment().path); }};
}

MetricRegistry::Entry alignment_error_per_bin() {
  return {{.name = "alignment_error_per_bin",
           .summary = "The same distance for each weight, in bin widths; bins, >= 0, undefined where levels are not "
                      "equidistant.",
           .formula = "sum |M(w_a) - w_b| / W / (sum delta / W)",
           .citation = "",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.alignment().distance, c.alignment().bins); }};
}

MetricRegistry::Entry alignment_error_per_displacement() {
  return {{.name = "alignment_error_per_displacement",
           .summary = "The same distance for each unit of the way from b's first to b's last weights; dimensionless, "
                      ">= 0, undefined where b ended where it began.",
           .formula = "sum |M(w_a) - w_b| / W / (sum |w_b(last) - w_b(0)| / W)",
           .citation = "",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.alignment().distance, c.alignment().displacement); }};
}

}  // namespace steq::metrics
