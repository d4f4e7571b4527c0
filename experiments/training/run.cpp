// SPDX-License-Identifier: MIT
#include "experiments/training/run.hpp"

#include <algorithm>

#include "experiments/entry/run_entry.hpp"
#include "experiments/training/experiment_inputs.hpp"
#include "experiments/training/log_names.hpp"
#include "experiments/training/run_bounds.hpp"
#include "experiments/training/training_run.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/manifest.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

Json hashes_of(const ExperimentInputs& inputs) {
  return {{"data", hashes(inputs.data.files)}, {"init", hashes(inputs.weights_files())}};
}

template <class T>
std::vector<LearnerSetup> checked_setups(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  std::vector<LearnerSetup> setups;
  std::vector<Problem> problems;
  collect(problems, [&] { setups = learner_setups<T>(config, inputs); });
  collect(problems, [&] { require_bounds(config, inputs); });
  collect(problems, [&] { require_log_names(config, inputs); });
  throw_if_any(problems);
  return setups;
}

/// What a run reads must outlive what it replaces.
void require_outside(const fs::path& place, const ExperimentInputs& inputs) {
  std::error_code error;
  const fs::path directory = fs::weakly_canonical(place, error);
  for (const std::string& file : inputs.weights_files()) {
    const fs::path read = fs::weakly_canonical(file, error);
    if (std::mismatch(directory.begin(), directory.end(), read.begin(), read.end()).first == directory.end())
      throw InputError(file,
                       fmt::format("lies in {}, where this run would go; allowed: a file elsewhere, or another --out",
                                   place.string()));
  }
}

std::string kept_text(const RunDirectory& directory, Step saved) {
  return fmt::format("{} goes on from step {}", resume_command(directory.directory()), saved);
}

/// The same error, with how the run goes on all the same where something was saved.
IoError with_advice(const IoError& error, const RunDirectory& directory, Step saved) {
  const std::string text = error.what();
  const std::size_t colon = text.find(": ");
  const std::string advice = saved == 0 ? "" : "; " + kept_text(directory, saved);
  return {text.substr(0, colon), text.substr(colon + 2) + advice};
}

template <class T>
RunOutcome train_and_commit(TrainingRun<T>& run, RunEntry& entry, const RunOptions& options,
                            const std::atomic<bool>& stop) {
  RunDirectory& directory = *entry.directory;
  try {
    const RunOutcome outcome = run.execute(std::move(entry.checkpoint), stop);
    if (const std::string remark = directory.commit(); !remark.empty()) options.say(remark);
    if (outcome.status != RunStatus::interrupted) remove_checkpoints(directory.directory());
    return outcome;
  } catch (const IoError& error) {
    throw with_advice(error, directory, run.saved());
  } catch (const std::exception&) {
    if (run.saved() > 0) options.say(kept_text(directory, run.saved()));
    throw;
  }
}

template <class T>
RunOutcome run_in(const ExperimentConfig& given, const RunOptions& options, const std::atomic<bool>& stop) {
  const fs::path place = place_of(options, given.name);
  if (required_action(find_run(place, identity_of(given)), options.wish) == Action::nothing)
    return stored_outcome(place);
  const ExperimentInputs inputs = load_inputs(given);
  ExperimentConfig config = given;
  config.data.normalize.numbers = inputs.data.train.normalization;  // as they were measured
  RunIdentity identity = identity_of(config);
  std::vector<LearnerSetup> setups = checked_setups<T>(config, inputs);
  require_outside(place, inputs);
  identity.files = [files = hashes_of(inputs)] { return files; };
  std::optional<RunEntry> entry = enter_run(place, identity, options.wish);
  if (!entry) return stored_outcome(place);
  if (const std::string& remark = entry->directory->remark(); !remark.empty()) options.say(remark);
  for (const std::string& remark : inputs.remarks) options.say("warning: " + remark);
  const Json facts = checkpoint_facts(identity);
  TrainingRun<T> run(config, inputs, std::move(setups), options, *entry->directory, facts);
  return train_and_commit(run, *entry, options, stop);
}

}  // namespace

RunOutcome run_experiment(const ExperimentConfig& config, const RunOptions& options, const std::atomic<bool>& stop) {
  return config.precision == "double" ? run_in<double>(config, options, stop) : run_in<float>(config, options, stop);
}

RunIdentity identity_of(const ExperimentConfig& config) {
  return {.config = resolved(config),
          .reread = [](const Json& document, const std::string& file) { return resolved(read_config(document, file)); },
          .files = [config] { return hashes_of(load_inputs(config)); }};
}

RunOutcome stored_outcome(const fs::path& directory) {
  const std::string file = (directory / "summary.json").string();
  RunOutcome outcome{.directory = directory.string(), .summary = parse_json(read_file(file), file)};
  outcome.there_already = true;
  outcome.holds = outcome.summary.value("holds", true);
  if (outcome.summary.value("status", "") == to_text(RunStatus::diverged)) {
    outcome.status = RunStatus::diverged;
    outcome.breakdown = "diverged";
  }
  return outcome;
}

fs::path place_of(const RunOptions& options, const std::string& name) {
  return run_place(options.directory.empty() ? "runs/" + name : options.directory);
}

}  // namespace steq
