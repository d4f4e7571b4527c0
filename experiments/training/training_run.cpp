// SPDX-License-Identifier: MIT
#include "experiments/training/training_run.hpp"

#include "experiments/training/shared_levels.hpp"
#include "sim/data/augmentation.hpp"

namespace steq {

template <class T>
TrainingRun<T>::TrainingRun(const ExperimentConfig& config, const ExperimentInputs& inputs,
                            std::vector<LearnerSetup> setups, const RunOptions& options, RunDirectory& directory,
                            const Json& facts)
    : config_(config),
      inputs_(inputs),
      options_(options),
      directory_(directory),
      facts_(facts),
      settings_(settings()),
      setups_(with_shared_levels<T>(std::move(setups), inputs, settings_)),
      cohort_(inputs.model, inputs.data.train, setups_, settings_),
      history_(cohort_, inputs.data.test, [this](auto... args) { end_epoch(args...); }),
      recorders_(config, cohort_, setups_, settings_),
      observers_(recorders_.observers()),
      files_(config, inputs, directory),
      checkpoints_(facts, directory, options.checkpoints, [this](Archive& a) { archive(a); }) {
  observers_.insert(observers_.begin() + 1, &history_);
}

template <class T>
CohortSettings TrainingRun<T>::settings() const {
  return {.batch_size = config_.batch_size,
          .steps = total_steps(config_, inputs_),
          .shuffle = config_.shuffle,
          .seed = config_.seed,
          .augmentation = augmentation_registry().make(config_.data.augmentation, "data.augment"),
          .threads = options_.threads};
}

/// The whole state of the run between two steps.
template <class T>
void TrainingRun<T>::archive(Archive& a) {
  a(cohort_, files_);
  for (Observer<T>* observer : observers_) observer->archive(a);
}

template <class T>
RunOutcome TrainingRun<T>::execute(std::optional<FoundCheckpoint> checkpoint, const std::atomic<bool>& stop) {
  RunOutcome outcome{.directory = directory_.directory().string()};
  if (checkpoint)
    go_on(*std::move(checkpoint));
  else
    begin();
  train(stop, outcome);
  save(outcome);
  return outcome;
}

/// A checkpoint before the first step tells at once what would stop a later one.
template <class T>
void TrainingRun<T>::begin() {
  files_.write_weights(cohort_.learners(), "initial");
  files_.write_history();
  checkpoints_.write(0);
}

/// What the end of an epoch should have written may be missing.
template <class T>
void TrainingRun<T>::go_on(FoundCheckpoint checkpoint) {
  if (const std::string remark = checkpoints_.resume(std::move(checkpoint)); !remark.empty()) options_.say(remark);
  files_.write_history();
  const std::size_t epoch = cohort_.steps_done() / cohort_.steps_per_epoch();
  if (cohort_.steps_done() % cohort_.steps_per_epoch() == 0)
    for (const Learner<T>& learner : cohort_.learners()) files_.write_epoch_weights(learner, epoch);
}

template <class T>
void TrainingRun<T>::train(const std::atomic<bool>& stop, RunOutcome& outcome) {
  const Step begun = cohort_.steps_done(), steps = static_cast<Step>(settings_.steps);
  const std::string from = begun > 0 ? fmt::format("goes on from step {} of {}", begun, steps) : counted(steps, "step");
  const std::string plan =
      fmt::format("{}, {}, {}, in {}", from, counted(setups_.size(), "learner"),
                  counted(static_cast<std::size_t>(options_.threads), "thread"), directory_.directory().string());
  Progress progress(config_.name, steps, plan, standard_screen(options_.quiet));
  progress.start_at(begun);
  try {
    train_steps(stop, progress);
    const bool all_done = cohort_.steps_done() == steps;
    if (!all_done) {
      outcome.status = RunStatus::interrupted;
      progress.tell(fmt::format("interrupted at step {} of {}; saving", cohort_.steps_done(), steps));
    }
    secure(all_done);
    history_.finish();
    if (failure_) std::rethrow_exception(failure_);
    recorders_.finish();
  } catch (const NumericalError& error) {
    outcome.status = RunStatus::diverged;
    outcome.breakdown = error.what();
  }
}

template <class T>
void TrainingRun<T>::train_steps(const std::atomic<bool>& stop, Progress& progress) {
  ProgressObserver<T> shown(progress);
  std::vector<Observer<T>*> observers = observers_;
  observers.push_back(&shown);
  while (cohort_.steps_done() < settings_.steps && !stop) {
    cohort_.step(observers);
    if (failure_) {
      checkpoints_.write(cohort_.steps_done());
      std::rethrow_exception(failure_);
    }
    if (cohort_.steps_done() < settings_.steps) checkpoints_.after_step(cohort_.steps_done());
  }
}

/// Called in the middle of a step, when not all observers have seen it: a failure has to wait.
template <class T>
void TrainingRun<T>::end_epoch(std::size_t learner, std::size_t epoch, const Json& entry) {
  try {
    files_.add_history(entry);
    files_.write_epoch_weights(cohort_.learners()[learner], epoch);
  } catch (const IoError&) {
    if (!failure_) failure_ = std::current_exception();
  }
}

template class TrainingRun<float>;
template class TrainingRun<double>;

}  // namespace steq
