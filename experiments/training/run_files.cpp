// SPDX-License-Identifier: MIT
#include "experiments/training/run_files.hpp"

#include <fcntl.h>

#include "records/files.hpp"
#include "records/open_file.hpp"

namespace steq {

template <class T>
RunFiles<T>::RunFiles(const ExperimentConfig& config, const ExperimentInputs& inputs, const RunDirectory& directory)
    : config_(config), inputs_(inputs), directory_(directory) {
  write_json("config.json", resolved(config));  // first: it says whose directory this is
  try_names();
  logs_.emplace(directory.file("logs.h5"));
}

/// The weights of the last epoch have the longest; a name as long, which none has, stands for theirs.
template <class T>
void RunFiles<T>::try_names() const {
  const std::size_t batches = inputs_.data.train.size() / config_.batch_size;
  const std::size_t epochs = total_steps(config_, inputs_) / batches + 1;
  const auto file = [&](const std::string& learner, const char* word) {
    return directory_.file(fmt::format("weights/{}-{}-{}.safetensors", learner, word, epochs));
  };
  for (const LearnerConfig& learner : config_.learners) {
    const std::string trial = file(learner.name, "trial");
    OpenFile(trial, O_WRONLY | O_CREAT, file(learner.name, "epoch")).close();
    std::filesystem::remove(trial);
  }
}

template <class T>
void RunFiles<T>::write_history() const {
  write_file_atomically(directory_.file("history.jsonl"), history_);
}

template <class T>
void RunFiles<T>::add_history(const Json& entry) {
  const std::string line = entry.dump() + "\n";
  history_ += line;
  OpenFile file(directory_.file("history.jsonl"), O_WRONLY | O_APPEND);
  file.write(line);
  file.close();
}

template <class T>
void RunFiles<T>::write_weights(const Learner<T>& learner, const std::string& snapshot) const {
  steq::write_weights(directory_.file(fmt::format("weights/{}-{}.safetensors", learner.name(), snapshot)), learner,
                      inputs_.statistics);
}

template <class T>
void RunFiles<T>::write_weights(const std::vector<Learner<T>>& learners, const std::string& snapshot) const {
  for (const Learner<T>& learner : learners) write_weights(learner, snapshot);
}

template <class T>
void RunFiles<T>::write_quantized(Cohort<T>& cohort) const {
  for (std::size_t i = 0; i < cohort.learners().size(); ++i) {
    const Learner<T>& learner = cohort.learners()[i];
    steq::write_quantized(directory_.file(fmt::format("weights/{}-quantized.safetensors", learner.name())), learner,
                          cohort.deployed(i), inputs_.statistics);
  }
}

template <class T>
void RunFiles<T>::write_epoch_weights(const Learner<T>& learner, std::size_t epoch) const {
  const std::size_t every = config_.record.weights_every_epochs;
  if (every > 0 && epoch > 0 && epoch % every == 0) write_weights(learner, fmt::format("epoch-{}", epoch));
}

template <class T>
void RunFiles<T>::write_json(const std::string& name, const Json& json) const {
  write_file_atomically(directory_.file(name), file_text(json));
}

template <class T>
void RunFiles<T>::write_logs(const Cohort<T>& cohort, const RunRecorders<T>& recorders,
                             const std::vector<LearnerResult>& results) {
  steq::write_logs<T>(*logs_,
                      {cohort.learners(), results, recorders.losses, recorders.changes ? &*recorders.changes : nullptr,
                       recorders.latent ? &*recorders.latent : nullptr});
}

template class RunFiles<float>;
template class RunFiles<double>;

}  // namespace steq
