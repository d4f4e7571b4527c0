// SPDX-License-Identifier: MIT
// A teacher's softened output, beside the label.
#include "sim/nn/loss.hpp"
#include "sim/nn/losses/softmax.hpp"

namespace steq::losses {
namespace {

struct Distillation {
  double temperature, weight_of_teacher;

  template <class T>
  double apply(std::span<const T> logits, const SampleTarget<T>& target, std::span<T> gradient, double weight) const {
    const Softmax<T> hard(logits), soft(logits, temperature), taught(target.teacher, temperature);
    double divergence = 0;
    for (std::size_t c = 0; c < logits.size(); ++c)
      if (const double share = taught.share(c); share > 0)
        divergence += share * (soft.surprise(c) - taught.surprise(c));
    for (std::size_t c = 0; c < gradient.size(); ++c) {
      const double of_label = hard.share(c) - (c == target.label ? 1.0 : 0.0);
      const double of_teacher = temperature * (soft.share(c) - taught.share(c));
      gradient[c] = static_cast<T>((weight_of_teacher * of_teacher + (1 - weight_of_teacher) * of_label) * weight);
    }
    const double square = temperature * temperature;
    return weight_of_teacher * square * divergence + (1 - weight_of_teacher) * hard.surprise(target.label);
  }
};

}  // namespace

LossRegistry::Entry distillation() {
  return loss_entry(
      {.name = "distillation",
       .summary = "The label's cross-entropy, and how far the softened output is from the teacher's.",
       .formula = "weight T^2 KL(softmax(teacher/T) || softmax(o/T)) + (1 - weight) CE(softmax(o), label)",
       .citation = "Hinton, Vinyals, Dean, arXiv:1503.02531; Polino, Pascanu, Alistarh, arXiv:1802.05668",
       .parameters = {{.name = "temperature", .fallback = Value(2.0), .meaning = "T of both softmaxes", .min = 1e-6, .max = 1e6},
                      {.name = "weight",
                       .fallback = Value(0.7),
                       .meaning = "share of the teacher, the rest is the label's",
                       .min = 0,
                       .max = 1}},
       .aliases = {{"kd"}, {"kl"}, {"knowledge-distillation"}},
       .convention = "KL and CE are means over the batch. The public code of 1802.05668 takes the mean of KL over all "
                     "entries, so that its share of the teacher is smaller by the number of classes.",
       .needs = kTeacher},
      [](const Parameters& p) {
        return Distillation{p.number("temperature"), p.number("weight")};
      });
}

}  // namespace steq::losses
