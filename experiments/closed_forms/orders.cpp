// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/orders.hpp"

#include <cmath>

#include "experiments/closed_forms/case_run.hpp"
#include "experiments/closed_forms/ladder_error.hpp"
#include "plots/figures/case_figures.hpp"
#include "records/files.hpp"
#include "theory/order_fit.hpp"

namespace steq {
namespace {

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
    std::string csv = "share of the largest rate,repeat,error in bins\n";
    for (const double factor : experiment.factors)
      for (std::uint32_t repeat = 0; repeat < experiment.repeats && !stop; ++repeat) {
        const LadderPoint point{factor, repeat, directory.file(fmt::format("runs/{}-{}-{}", c.name, factor, repeat))};
        points.push_back({factor, ladder_error(c, point, options, stop)});
        if (!stop && !(points.back().error > 0))
          throw InputError(experiment.name + ": " + c.name,
                           fmt::format("the error is {} at {} of the rate; allowed: a recipe that errs at every rate",
                                       points.back().error, factor));
        csv += fmt::format("{:.9g},{},{:.9g}\n", factor, repeat, points.back().error);
      }
    if (stop) return Json();
    write_file_atomically(directory.file(fmt::format("tables/{}.csv", c.name)), csv);
    return entry(c, fit_order(points));
  };
  return run_cases(case_run("orders", experiment, read_orders, run, draw_orders), options, stop);
}

}  // namespace steq
