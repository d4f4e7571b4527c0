// SPDX-License-Identifier: MIT
// Differentiable quantization: the levels themselves learn.
#include "sim/quantizers/points.hpp"

#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

std::vector<ParameterInfo> points_parameters() {
  return {
      {.name = "count",
       .kind = Kind::integer,
       .fallback = Value(std::int64_t{4}),
       .meaning = "number of points",
       .min = 2,
       .max = 32767},
      bucket_parameter(),
      {.name = "start",
       .kind = Kind::text,
       .fallback = Value("quantile"),
       .meaning = "quantile: equally many weights between two points; uniform: even",
       .words = {"quantile", "uniform"}},
      {.name = "rate_factor",
       .fallback = Value(1.0),
       .meaning = "learning rate of the points in units of the learner's",
       .min = 0},
      {.name = "share_over",
       .kind = Kind::integer,
       .fallback = Value(std::int64_t{0}),
       .meaning = "batches whose gradients share the points out: each tensor keeps half of `count`, the others go by "
                  "the norms of the gradients; 0: `count` each",
       .min = 0,
       .max = 1000}};
}

PointsSetup points_setup(const Parameters& p) {
  constexpr std::size_t kFewest = 4, kMost = 256;
  const PointsSetup setup{.count = static_cast<std::size_t>(p.integer("count")),
                          .bucket = static_cast<std::size_t>(p.integer("bucket")),
                          .quantiles = p.text("start") == "quantile",
                          .rate_factor = p.number("rate_factor"),
                          .share_over = static_cast<std::size_t>(p.integer("share_over"))};
  if (setup.share_over > 0 && (setup.count < kFewest || setup.count > kMost))
    throw ParameterError("count", fmt::format("{} is not allowed where points are shared out; allowed: {} to {}",
                                              setup.count, kFewest, kMost));
  return setup;
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
        return PointsGrid(points_setup(p), tensor);
      });
}

}  // namespace steq::quantizers
