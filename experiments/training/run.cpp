// SPDX-License-Identifier: MIT
#include "experiments/training/run.hpp"

#include <fstream>

#include "experiments/analysis/analyse.hpp"
#include "experiments/training/progress.hpp"
#include "experiments/training/result_files.hpp"
#include "experiments/training/run_bounds.hpp"
#include "experiments/training/run_twins.hpp"
#include "plots/figures/draw_figures.hpp"
#include "records/checkpoint.hpp"
#include "records/files.hpp"
#include "records/manifest.hpp"
#include "records/run_directory.hpp"

namespace steq {
namespace {

/// Everything of one run: the cohort, its observers, and the files that come out.
template <class T>
class Run {
 public:
  Run(const ExperimentConfig& config, const ExperimentInputs& inputs, std::vector<LearnerSetup> setups,
      const RunOptions& options, RunDirectory& directory)
      : config_(config),
        inputs_(inputs),
        options_(options),
        directory_(directory),
        steps_(total_steps(config, inputs)),
        setups_(std::move(setups)),
        cohort_(inputs.model, inputs.data.train, setups_, settings()),
        history_(cohort_, inputs.data.test, [this](auto... args) { end_epoch(args...); }),
        losses_(setups_.size()),
        data_hashes_(hashes(inputs.data.files)),
        checkpoints_(config, directory, options.checkpoints, [this](Archive& a) { archive(a); }) {
    if (config.record.change_points) changes_.emplace(cohort_.learners());
    if (config.record.latent_every > 0)
      latent_.emplace(cohort_.learners(), config.record.latent_every, static_cast<Step>(steps_));
    if (config.record.driven_twins) twins_.emplace(cohort_.learners(), setups_, options.threads);
    if (config.record.bounds) bounds_.emplace(config, cohort_.learners(), static_cast<Step>(steps_), options.threads);
    observers_ = {&losses_, &history_};
    if (changes_) observers_.push_back(&*changes_);
    if (latent_) observers_.push_back(&*latent_);
    if (twins_) twins_->observe(observers_);
    if (bounds_) bounds_->observe(observers_);
  }

  RunOutcome execute(const std::atomic<bool>& stop) {
    RunOutcome outcome{.directory = directory_.directory().string()};
    if (options_.existing == Existing::resume)
      outcome.remark = checkpoints_.resume();
    else
      write_all_weights("initial");
    write_file_atomically(directory_.file("history.jsonl"), history_lines_);
    train(stop, outcome);
    save(outcome);
    return outcome;
  }

 private:
  CohortSettings settings() const {
    return {.batch_size = config_.batch_size,
            .steps = steps_,
            .shuffle = config_.shuffle,
            .seed = config_.seed,
            .augmentation = augmentation_registry().make(config_.data.augmentation, "data.augment"),
            .schedule = schedule_registry().make(config_.optimizer.schedule, "optimizer.schedule"),
            .threads = options_.threads};
  }

  /// The whole state of the run between two steps.
  void archive(Archive& a) {
    a(cohort_, history_lines_);
    for (Observer<T>* observer : observers_) observer->archive(a);
  }

  void train(const std::atomic<bool>& stop, RunOutcome& outcome) {
    ProgressObserver<T> progress(config_.name, steps_, options_.quiet);
    std::vector<Observer<T>*> observers = observers_;
    observers.push_back(&progress);
    try {
      while (cohort_.steps_done() < steps_ && !stop) {
        cohort_.step(observers);
        if (cohort_.steps_done() < steps_) checkpoints_.after_step(cohort_.steps_done());
      }
      if (cohort_.steps_done() < steps_) {
        outcome.status = RunStatus::interrupted;
        checkpoints_.write(cohort_.steps_done());
      }
      history_.finish();
      if (latent_) latent_->finish(cohort_.learners(), cohort_.steps_done());
    } catch (const NumericalError& error) {
      outcome.status = RunStatus::diverged;
      outcome.breakdown = error.what();
    }
  }

  void end_epoch(std::size_t learner, std::size_t epoch, const Json& entry) {
    const std::string line = entry.dump() + "\n";
    history_lines_ += line;
    std::ofstream file(directory_.file("history.jsonl"), std::ios::app);
    file << line << std::flush;
    if (!file) throw IoError(directory_.file("history.jsonl"), "cannot be written (is the disk full?)");
    if (const std::size_t every = config_.record.weights_every_epochs; every > 0 && epoch % every == 0)
      write_learner(learner, fmt::format("epoch-{}", epoch));
  }

  void write_learner(std::size_t learner, const std::string& moment) {
    const Learner<T>& l = cohort_.learners()[learner];
    write_weights(directory_.file(fmt::format("weights/{}-{}.safetensors", l.name(), moment)), l, inputs_.statistics);
  }

  void write_all_weights(const std::string& moment) {
    for (std::size_t i = 0; i < setups_.size(); ++i) write_learner(i, moment);
  }

  void write_json(const std::string& name, const Json& json) {
    write_file_atomically(directory_.file(name), json.dump(2) + "\n");
  }

  /// The two that say most; a report draws the others.
  void draw(RunOutcome& outcome) {
    try {
      draw_figures(directory_.staging(), {"divergence", "bounds"});
    } catch (const IoError& error) {
      outcome.remark = std::string("no figure: ") + error.what();  // hours of training are not lost for a picture
    }
  }

  void save(RunOutcome& outcome) {
    std::filesystem::remove(directory_.file("manifest.json"));  // of an interruption: its hashes hold no longer
    write_all_weights("final");
    const ChangeRecorder<T>* changes = changes_ ? &*changes_ : nullptr;
    const std::vector<LearnerResult> results = collect_results(cohort_, setups_, history_, changes, inputs_.data.test);
    write_logs<T>(directory_.file("logs.h5"),
                  {cohort_.learners(), results, losses_, changes, latent_ ? &*latent_ : nullptr});
    outcome.summary = summarize<T>(config_, results, cohort_.steps_done(), outcome.status);
    if (twins_) twins_->save(outcome.summary);
    if (bounds_) bounds_->save(outcome.summary, directory_);
    if (outcome.status != RunStatus::interrupted) remove_checkpoints(directory_.staging());
    write_json("config.json", resolved(config_));
    write_json("summary.json", outcome.summary);
    analyse(directory_.staging());
    draw(outcome);
    write_json("manifest.json", manifest({.seed = config_.seed,
                                          .threads = options_.threads,
                                          .data = data_hashes_,
                                          .normalize = resolved(config_)["data"]["normalize"],
                                          .results = directory_.staging()}));
  }

  const ExperimentConfig& config_;
  const ExperimentInputs& inputs_;
  const RunOptions& options_;
  const RunDirectory& directory_;
  std::size_t steps_;
  std::vector<LearnerSetup> setups_;
  Cohort<T> cohort_;
  EpochHistory<T> history_;
  LossRecorder<T> losses_;
  Json data_hashes_;
  std::optional<ChangeRecorder<T>> changes_;
  std::optional<LatentRecorder<T>> latent_;
  std::optional<RunTwins<T>> twins_;
  std::optional<RunBounds<T>> bounds_;
  std::vector<Observer<T>*> observers_;  // all that belong to the run's state
  std::string history_lines_;            // of history.jsonl so far
  Checkpoints checkpoints_;
};

template <class T>
RunOutcome run_in(const ExperimentConfig& config, const ExperimentInputs& inputs, const RunOptions& options,
                  const std::atomic<bool>& stop) {
  std::vector<LearnerSetup> setups;
  std::vector<Problem> problems;
  collect(problems, [&] { setups = learner_setups<T>(config, inputs); });
  collect(problems, [&] { require_bounds(config, inputs); });
  throw_if_any(problems);
  const std::string place = options.directory.empty() ? "runs/" + config.name : options.directory;
  if (options.existing == Existing::resume) require_resumable(config, place);
  RunDirectory directory(place, options.existing);
  for (const std::string& remark : inputs.remarks) options.warn(remark);
  RunOutcome outcome = Run<T>(config, inputs, std::move(setups), options, directory).execute(stop);
  directory.commit();
  return outcome;
}

}  // namespace

RunOutcome run_experiment(const ExperimentConfig& given, const RunOptions& options, const std::atomic<bool>& stop) {
  const ExperimentInputs inputs = load_inputs(given);
  ExperimentConfig config = given;
  config.data.normalize.numbers = inputs.data.train.normalization;  // as they were measured
  return config.precision == "double" ? run_in<double>(config, inputs, options, stop)
                                      : run_in<float>(config, inputs, options, stop);
}

}  // namespace steq
