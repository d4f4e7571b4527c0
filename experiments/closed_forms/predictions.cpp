// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/predictions.hpp"

#include <cmath>

#include "experiments/closed_forms/case_run.hpp"
#include "plots/figures/case_figures.hpp"
#include "records/files.hpp"
#include "sim/core/sums.hpp"
#include "theory/predictions/prediction.hpp"

namespace steq {
namespace {

double size_of(const std::vector<double>& values) {
  const double sum = pairwise_sum(0, values.size(), [&](std::size_t i) { return values[i] * values[i]; });
  return std::sqrt(sum / static_cast<double>(values.size()));
}

std::string csv(const Profile& profile) {
  std::string text = fmt::format("{},predicted,measured\n", profile.axis.substr(0, profile.axis.find(',')));
  for (std::size_t i = 0; i < profile.at.size(); ++i)
    text += fmt::format("{:.9g},{:.9g},{:.9g}\n", profile.at[i], profile.predicted[i], profile.measured[i]);
  return text;
}

Json entry(const PredictionCase& c, const Profile& profile) {
  const double deviation = profile.deviation();
  return {{"name", c.name},
          {"prediction", c.prediction.name},
          {"axis", profile.axis},
          {"quantity", profile.quantity},
          {"predicted_size", to_json(size_of(profile.predicted))},
          {"measured_size", to_json(size_of(profile.measured))},
          {"deviation", to_json(deviation)},
          {"tolerance", c.tolerance},
          {"holds", deviation <= c.tolerance}};
}

}  // namespace

RunOutcome run_predictions(const PredictionExperiment& experiment, const RunOptions& options,
                           const std::atomic<bool>& stop) {
  const auto run = [&](std::size_t i, const RunDirectory& directory) {
    const PredictionCase& c = experiment.cases[i];
    ScalarTwin twin(c.recipe, options.threads);
    twin.run({}, stop);
    const Profile profile = prediction_registry().make(c.prediction, "prediction", twin);
    write_file_atomically(directory.file(fmt::format("tables/{}.csv", c.name)), csv(profile));
    return entry(c, profile);
  };
  return run_cases(case_run("predictions", experiment, read_predictions, run, draw_predictions), options, stop);
}

}  // namespace steq
