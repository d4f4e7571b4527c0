// SPDX-License-Identifier: MIT
// What a training run does when training is over.
#include "experiments/analysis/analyse.hpp"
#include "experiments/training/training_run.hpp"
#include "plots/figures/draw_figures.hpp"
#include "records/manifest.hpp"

namespace steq {

/// Whatever happens while the results are saved, training need not be done again. Where a finished run has no room for
/// this the results may still find some.
template <class T>
void TrainingRun<T>::secure(bool all_done) {
  try {
    checkpoints_.write(cohort_.steps_done());
  } catch (const IoError&) {
    if (!all_done) throw;
  }
}

template <class T>
void TrainingRun<T>::save(RunOutcome& outcome) {
  std::filesystem::remove(directory_.file("manifest.json"));  // of an interruption: its hashes hold no longer
  files_.write_weights(cohort_.learners(), "final");
  files_.write_quantized(cohort_);
  const ChangeRecorder<T>* changes = recorders_.changes ? &*recorders_.changes : nullptr;
  const std::vector<LearnerResult> results = collect_results(cohort_, setups_, history_, changes, inputs_.data.test);
  files_.write_logs(cohort_, recorders_, results);
  outcome.summary = summarize<T>(config_, results, cohort_.steps_done(), outcome.status);
  if (recorders_.twins) recorders_.twins->save(outcome.summary);
  if (recorders_.bounds) recorders_.bounds->save(outcome.summary, directory_);
  files_.write_json("summary.json", outcome.summary);
  derive();
  files_.write_json("manifest.json", manifest({.seed = config_.seed,
                                               .threads = options_.threads,
                                               .data = facts_["data"],
                                               .init = facts_["init"],
                                               .normalize = resolved(config_)["data"]["normalize"],
                                               .results = directory_.staging()}));
}

/// Tables and the two figures that say most; a report makes them anew, with the others. Hours of training are not lost
/// for them.
template <class T>
void TrainingRun<T>::derive() {
  try {
    analyse(directory_.staging());
  } catch (const InputError& error) {
    options_.say(std::string("not every table could be made: ") + error.what());
  }
  try {
    draw_figures(directory_.staging(), {"divergence", "bounds"});
  } catch (const IoError& error) {
    options_.say(std::string("no figure: ") + error.what());
  }
}

template void TrainingRun<float>::secure(bool);
template void TrainingRun<double>::secure(bool);
template void TrainingRun<float>::save(RunOutcome&);
template void TrainingRun<double>::save(RunOutcome&);

}  // namespace steq
