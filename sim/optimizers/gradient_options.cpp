// SPDX-License-Identifier: MIT
#include "sim/optimizers/gradient_options.hpp"

#include <algorithm>

namespace steq {
namespace {

ParameterInfo option(const std::string& name, const std::string& meaning, std::vector<Alias> aliases = {}) {
  return {
      .name = name, .fallback = Value(0.0), .meaning = meaning + "; 0: off", .min = 0, .aliases = std::move(aliases)};
}

}  // namespace

std::vector<ParameterInfo> gradient_option_parameters() {
  return {option("clip_value", "each weight's gradient is cut to [-clip_value, clip_value]"),
          option("clip_norm", "a learner's gradients are scaled down together to this 2-norm",
                 {{"max_norm"}, {"grad_clip"}, {"clip_grad_norm"}}),
          {.name = "clip_before_estimator",
           .kind = Kind::boolean,
           .fallback = Value(false),
           .meaning = "the norm of clip_norm is that of dL/dQ(w), before the estimator"},
          option("weight_decay", "coupled (L2) decay: weight_decay w is added to the gradient",
                 {{"l2"}, {"wd"}, {"decay", "\"weight_decay\" (coupled) or \"decoupled_decay\""}}),
          option("decoupled_decay", "decoupled decay: w loses lr decoupled_decay w beside the update")};
}

GradientOptions gradient_options(const Parameters& p) {
  if (p.boolean("clip_before_estimator") && p.number("clip_norm") == 0)
    throw ParameterError("clip_before_estimator",
                         "true is not allowed without clip_norm; allowed: clip_norm above 0, "
                         "or false");
  return {.clip_value = p.number("clip_value"),
          .clip_norm = p.number("clip_norm"),
          .clip_before_estimator = p.boolean("clip_before_estimator"),
          .weight_decay = p.number("weight_decay"),
          .decoupled_decay = p.number("decoupled_decay")};
}

template <class T>
void clip_each(std::span<T> gradient, double limit) {
  const T bound = static_cast<T>(limit);
  for (T& g : gradient) g = std::clamp(g, -bound, bound);
}

double norm_factor(double norm, double limit) {
  constexpr double kGuard = 1e-6;  // as PyTorch's clip_grad_norm_ has it
  return limit > 0 ? std::min(1.0, limit / (norm + kGuard)) : 1;
}

template <class T>
void decay(const GradientOptions& options, double rate, std::span<T> w, std::span<T> gradient) {
  if (options.weight_decay > 0) {
    const T share = static_cast<T>(options.weight_decay);
    for (std::size_t i = 0; i < w.size(); ++i) gradient[i] += share * w[i];
  }
  if (options.decoupled_decay > 0) {
    const T share = static_cast<T>(rate * options.decoupled_decay);
    for (T& x : w) x -= share * x;
  }
}

template void clip_each<float>(std::span<float>, double);
template void clip_each<double>(std::span<double>, double);
template void decay<float>(const GradientOptions&, double, std::span<float>, std::span<float>);
template void decay<double>(const GradientOptions&, double, std::span<double>, std::span<double>);

}  // namespace steq
