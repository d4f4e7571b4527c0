// SPDX-License-Identifier: MIT
// How alike the two finished networks answer. An answer is the class of the largest logit, the lowest among equals.
#include "sim/metrics/ratio.hpp"
#include "sim/metrics/registry.hpp"

namespace steq::metrics {

MetricRegistry::Entry inference_agreement() {
  return {{.name = "inference_agreement",
           .summary = "Share of test samples that both learners answer with the same class; 0 to 1.",
           .formula = "#{answer_a = answer_b} / #samples",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.inference().same_answer, c.inference().samples); }};
}

MetricRegistry::Entry incorrect_inference_agreement() {
  return {{.name = "incorrect_inference_agreement",
           .summary = "Share of the same wrong class among the test samples that both learners answer wrongly; 0 to 1, "
                      "undefined where there are none.",
           .formula = "#{answer_a = answer_b, both wrong} / #{both wrong}",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.inference().same_wrong_answer, c.inference().both_wrong); }};
}

MetricRegistry::Entry mean_squared_logit_difference() {
  return {{.name = "mean_squared_logit_difference",
           .summary = "Mean over test samples and classes of the squared difference of the logits; squared logits, "
                      ">= 0.",
           .formula = "mean (logit_a - logit_b)^2",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.inference().squared_difference, c.inference().logits); }};
}

MetricRegistry::Entry mean_absolute_logit_difference() {
  return {{.name = "mean_absolute_logit_difference",
           .summary = "Mean over test samples and classes of the absolute difference of the logits; logits, >= 0.",
           .formula = "mean |logit_a - logit_b|",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [](const Comparison& c) { return ratio(c.inference().absolute_difference, c.inference().logits); }};
}

}  // namespace steq::metrics
