// SPDX-License-Identifier: MIT
// Differentiable quantization: the levels themselves learn.
#include "sim/quantizers/points.hpp"

#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

std::vector<ParameterInfo> points_parameters() {
  return {{.name = "count",
           .kind = Kind::integer,
           .fallback = Value(std::int64_t{4}),
           .meaning = "number of points",
           .min = 2,
           .max = 256},
          bucket_parameter(),
          {.name = "start",
           .kind = Kind::text,
           .fallback = Value("quantile"),
           .meaning = "quantile: equally many weights between two points; uniform: even",
           .words = {"quantile", "uniform"}},
          {.name = "rate_factor",
           .fallback = Value(1.0),
           .meaning = "learning rate of the points in units of the learner's",
           .min = 0}};
}

}  // namespace

QuantizerRegistry::Entry points() {
  return quantizer_entry(
      {.name = "points",
       .summary =
           "Differentiable quantization: learned levels, sorted after every update; with storage `frozen` nothing "
           "else learns.",
       .formula = "Q(w) = width p_a + low, p_a the point nearest to h = (w - low) / width",
       .citation = "Polino, Pascanu, Alistarh, arXiv:1802.05668, section 4",
       .parameters = points_parameters(),
       .aliases = {{"differentiable"}, {"learned-points"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        require_weights(tensor);
        return Points({.count = static_cast<std::size_t>(p.integer("count")),
                       .bucket = static_cast<std::size_t>(p.integer("bucket")),
                       .quantiles = p.text("start") == "quantile",
                       .rate_factor = p.number("rate_factor")},
                      tensor);
      });
}

}  // namespace steq::quantizers
