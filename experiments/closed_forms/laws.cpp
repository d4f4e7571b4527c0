// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/laws.hpp"

#include "experiments/closed_forms/case_run.hpp"
#include "experiments/closed_forms/profile_case.hpp"
#include "plots/figures/case_figures.hpp"
#include "records/files.hpp"
#include "theory/laws/law.hpp"

namespace steq {

RunOutcome run_laws(const LawExperiment& experiment, const RunOptions& options, const std::atomic<bool>& stop) {
  const auto run = [&](std::size_t i, const RunDirectory& directory) {
    const LawCase& c = experiment.cases[i];
    const Profile profile = law_registry().make(c.law, "law", LawDraws{experiment.seed, c.draws});
    write_file_atomically(directory.file(fmt::format("tables/{}.csv", c.name)), profile_csv(profile));
    return profile_entry(c.name, {"law", c.law.name}, c.tolerance, profile);
  };
  return run_cases(case_run("laws", experiment, read_laws, run, draw_predictions), options, stop);
}

}  // namespace steq
