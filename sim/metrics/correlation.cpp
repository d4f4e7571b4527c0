// SPDX-License-Identifier: MIT
// Pearson correlation over epochs. Both learners run downhill together, so it is near 1 for almost any pair.
#include <algorithm>
#include <cmath>

#include <boost/math/statistics/bivariate_statistics.hpp>  // uses sqrt, so after <cmath>

#include "sim/metrics/registry.hpp"

namespace steq::metrics {
namespace {

using Series = std::vector<double>;

constexpr std::size_t kFewestEpochs = 3;  // any two points lie on a line

bool is_constant(const Series& series) {
  return std::ranges::all_of(series, [&](double value) { return value == series.front(); });
}

std::optional<double> pearson(const Series& x, const Series& y) {
  if (x.size() != y.size() || x.size() < kFewestEpochs || is_constant(x) || is_constant(y)) return std::nullopt;
  const double r = boost::math::statistics::correlation_coefficient(x, y);
  return std::isfinite(r) ? std::optional(r) : std::nullopt;
}

MetricRegistry::Entry correlation(const char* name, const char* what, Series LearnerTrace::*series) {
  return {{.name = name,
           .summary = fmt::format("Pearson correlation of the two learners' {} over epochs; -1 to 1, undefined with "
                                  "fewer than three epochs, other epochs, or a constant series.",
                                  what),
           .formula = "cov(x_a, x_b) / sqrt(var(x_a) var(x_b))",
           .citation = "Schoenbauer et al., arXiv:2405.05171, experiments",
           .parameters = {}},
          [series](const Comparison& c) { return pearson(c.a().*series, c.b().*series); }};
}

}  // namespace

MetricRegistry::Entry train_loss_correlation() {
  return correlation("train_loss_correlation", "training loss", &LearnerTrace::train_loss);
}

MetricRegistry::Entry test_loss_correlation() {
  return correlation("test_loss_correlation", "test loss", &LearnerTrace::test_loss);
}

MetricRegistry::Entry test_accuracy_correlation() {
  return correlation("test_accuracy_correlation", "test accuracy", &LearnerTrace::test_accuracy);
}

}  // namespace steq::metrics
