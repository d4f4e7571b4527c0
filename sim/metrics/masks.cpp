// SPDX-License-Identifier: MIT
// Where the two learners mask different weights, one of them stands still while the other moves.
#include <cmath>

#include "sim/metrics/ratio.hpp"
#include "sim/metrics/registry.hpp"

namespace steq::metrics {
namespace {

bool masked(const TensorTrace& tensor, std::size_t i) { return std::abs(tensor.final[i]) > tensor.reach; }

}  // namespace

MetricRegistry::Entry mask_mismatch_share() {
  return {
      {.name = "mask_mismatch_share",
       .summary = "Share of all quantized weights whose gradient is masked, after the last update, in exactly one of "
                  "the two; 0 to 1, undefined where weights or reach were not recorded.",
       .formula = "#{(|w_a| > reach_a) != (|w_b| > reach_b)} / #weights",
       .citation = "",
       .parameters = {}},
      [](const Comparison& c) {
        std::size_t mismatched = 0, weights = 0;
        for (std::size_t t = 0; t < c.a().tensors.size(); ++t) {
          const TensorTrace &a = c.a().tensors[t], &b = c.b().tensors[t];
          const bool known = a.final.size() == b.final.size() && !std::isnan(a.reach) && !std::isnan(b.reach);
          if (!known) return std::optional<double>();
          weights += a.final.size();
          for (std::size_t i = 0; i < a.final.size(); ++i) mismatched += masked(a, i) != masked(b, i);
        }
        return ratio(mismatched, weights);
      }};
}

}  // namespace steq::metrics
