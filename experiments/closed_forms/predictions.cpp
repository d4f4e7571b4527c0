// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/predictions.hpp"

#include "experiments/closed_forms/case_run.hpp"
#include "experiments/closed_forms/profile_case.hpp"
#include "plots/figures/case_figures.hpp"
#include "records/files.hpp"
#include "theory/predictions/prediction.hpp"

namespace steq {

RunOutcome run_predictions(const PredictionExperiment& experiment, const RunOptions& options,
                           const std::atomic<bool>& stop) {
  const auto run = [&](std::size_t i, const RunDirectory& directory) {
    const PredictionCase& c = experiment.cases[i];
    ScalarTwin twin(c.recipe, options.threads);
    twin.run({}, stop);
    const Profile profile = prediction_registry().make(c.prediction, "prediction", twin);
    write_file_atomically(directory.file(fmt::format("tables/{}.csv", c.name)), profile_csv(profile));
    return profile_entry(c.name, {"prediction", c.prediction.name}, c.tolerance, profile);
  };
  return run_cases(case_run("predictions", experiment, read_predictions, run, draw_predictions), options, stop);
}

}  // namespace steq
