// SPDX-License-Identifier: MIT
// A run directory read back: what steq run has written, or logs that another program has recorded in the same layout.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/json_values.hpp"
#include "records/log_reader.hpp"
#include "records/named_control.hpp"
#include "records/weights_folder.hpp"

namespace steq {

/// Only logs.h5 must be there; every other file is read where it exists. Big arrays are read when they are asked for.
class StoredRun {
 public:
  /// Throws InputError where `directory` is no directory with a readable logs.h5, the log is not the one
  /// in manifest.json, or a JSON file is damaged; IoError where a flush of a recorder cannot be finished or the system does not let it be read. Of `controls` those
  /// count whose learners the run has.
  explicit StoredRun(const std::filesystem::path& directory, const NamedControls& controls = {});

  const std::filesystem::path& directory() const { return directory_; }
  /// The path of a file of the run.
  std::string place(const std::string& file) const { return (directory_ / file).string(); }
  /// The run's name; the directory's where no summary.json says one.
  std::string name() const;
  /// null where there is no such file.
  const Json& summary() const { return summary_; }
  const Json& manifest() const { return manifest_; }
  /// config.json as it is, whoever wrote it, and where steq wrote it; null where there is no such file.
  const Json& any_config() const { return config_; }
  const Json& config() const;
  /// One object a learner and epoch, in the order of history.jsonl; empty where there is none.
  const std::vector<Json>& history() const { return history_; }
  const LogReader& logs() const { return logs_; }

  /// Which learners are compared: {"a", "b", "kind", "map"} and what else summary.json says of each pair, with the
  /// named controls. Without "comparisons" there, the first learner with every other that has the same tensors.
  const Json& comparisons() const { return comparisons_; }

  /// In the order of the config.
  const std::vector<std::string>& learners() const { return learners_; }
  bool has_learner(const std::string& name) const;
  /// Names of the quantized tensors with change points, in the order of the network; alphabetical in foreign logs.
  std::vector<std::string> tensors(const std::string& learner) const;

  /// What the learner's log follows.
  const Watching& own_watching(const std::string& learner) const;
  /// What the logs of all learners with the same tensors follow, so that these can be compared with each other. Throws
  /// InputError where that is nothing.
  const Watching& watching(const std::string& learner) const;
  /// How many weights of the learner `watching` follows.
  std::size_t followed(const std::string& learner, const Watching& watching) const;

  /// Updates that a learner made: as /LEARNER/steps says, or summary.json, else as many as it has batch losses; nothing
  /// where none of them is there. Throws InputError where summary.json has a number that is none of updates.
  std::optional<Step> known_steps(const std::string& learner) const;
  /// That of all learners; nothing where they differ or one is not known.
  std::optional<Step> known_steps() const;
  /// As many as the learner is known to have made at least: those, else the step of its last change point.
  Step steps(const std::string& learner) const;
  /// The most of all learners: how long the axes of time are.
  Step steps() const;
  /// The loss of update t + 1's batch; empty where it was not recorded at every update.
  std::vector<double> batch_loss(const std::string& learner) const;

  /// The numbers in weights/LEARNER-SNAPSHOT.safetensors ("initial", "final", "epoch-3"), in the order of the file; empty
  /// where there is no such file. Throws InputError where it is damaged or not the one in manifest.json.
  std::vector<StoredTensor> weight_tensors(const std::string& learner, const std::string& snapshot) const;
  /// The values of one of them; nothing where there is no such file or no such tensor in it.
  std::optional<std::vector<double>> weights(const std::string& learner, const std::string& snapshot,
                                             const std::string& tensor) const;
  /// As PyTorch lists it, [out, in, height, width]; empty where no weights were stored.
  std::vector<std::size_t> shape(const std::string& learner, const std::string& tensor) const;
  /// Of the epochs whose weights were stored, ascending.
  std::vector<int> weight_epochs(const std::string& learner) const { return weights_.epochs(learner); }

  /// What of the run's records was left out so far, and why.
  std::vector<std::string> remarks() const;

 private:
  Json read_comparisons(const NamedControls& controls) const;
  bool have_same_weights(const std::string& a, const std::string& b) const;
  std::optional<Step> told_steps(const std::string& learner) const;
  Step last_change(const std::string& learner) const;
  std::shared_ptr<StoredWeights> weights_file(const std::string& learner, const std::string& snapshot) const;

  std::filesystem::path directory_;
  Json manifest_, config_;
  LogReader logs_;
  Json summary_;
  std::vector<Json> history_;
  std::vector<std::string> learners_;
  Json comparisons_;
  mutable WeightsFolder weights_;
  mutable std::map<std::string, Watching> own_watchings_, watchings_;  ///< by learner
  mutable std::map<std::string, Step> last_changes_;
  mutable std::map<std::string, std::string> loss_remarks_;  ///< by learner
};

}  // namespace steq
