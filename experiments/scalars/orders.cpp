// SPDX-License-Identifier: MIT
#include "experiments/scalars/orders.hpp"

#include <cmath>

#include "experiments/files/files.hpp"
#include "experiments/scalars/case_run.hpp"
#include "plots/case_figures.hpp"
#include "sim/core/sums.hpp"
#include "theory/order_fit.hpp"

namespace steq {
namespace {

/// Mean of |M(w) - w_twin| over the weights, in bins, at a share of the largest rate.
double mean_error(const OrderCase& c, double factor, std::uint64_t repeat, int threads, const std::atomic<bool>& stop) {
  ScalarRecipe recipe = c.recipe;
  const double longer = c.time == TimeScale::diffusive ? 1 / (factor * factor) : 1 / factor;
  recipe.learning_rate *= factor;
  recipe.steps = static_cast<Step>(std::lround(recipe.steps * longer));
  recipe.seed += repeat;
  ScalarTwin twin(recipe, threads);
  twin.run({}, stop);
  const std::vector<double> errors = twin.signed_errors();
  const double sum = pairwise_sum(0, errors.size(), [&](std::size_t i) { return std::abs(errors[i]); });
  return sum / static_cast<double>(errors.size()) / twin.estimator().grid().delta;
}

Json entry(const OrderCase& c, const OrderFit& fit) {
  return {{"name", c.name},
          {"order", to_json(fit.order)},
          {"low", to_json(fit.low)},
          {"high", to_json(fit.high)},
          {"factor", to_json(fit.factor)},
          {"expected", c.expected},
          {"tolerance", c.tolerance},
          {"holds", std::abs(fit.order - c.expected) <= c.tolerance}};
}

}  // namespace

RunOutcome run_orders(const OrderExperiment& experiment, const RunOptions& options, const std::atomic<bool>& stop) {
  const auto run = [&](std::size_t i, const RunDirectory& directory) {
    const OrderCase& c = experiment.cases[i];
    std::vector<OrderPoint> points;
    std::string csv = "share of the largest rate,repeat,mean error in bins\n";
    for (const double factor : experiment.factors)
      for (std::uint32_t repeat = 0; repeat < experiment.repeats && !stop; ++repeat) {
        points.push_back({factor, mean_error(c, factor, repeat, options.threads, stop)});
        csv += fmt::format("{:.9g},{},{:.9g}\n", factor, repeat, points.back().error);
      }
    if (stop) return Json();
    write_file_atomically(directory.file(fmt::format("tables/{}.csv", c.name)), csv);
    return entry(c, fit_order(points));
  };
  return run_cases({.kind = "orders",
                    .name = experiment.name,
                    .description = experiment.description,
                    .seed = experiment.seed,
                    .config = resolved(experiment),
                    .cases = experiment.cases.size(),
                    .run = run,
                    .draw = draw_orders},
                   options, stop);
}

}  // namespace steq
