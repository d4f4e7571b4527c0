// SPDX-License-Identifier: MIT
// The resolved description of one experiment: what a config file says, with every default filled in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "experiments/config/overrides.hpp"
#include "records/json_values.hpp"
#include "sim/core/notation.hpp"
#include "sim/core/types.hpp"
#include "sim/nn/spec.hpp"

namespace steq {

struct LearnerConfig {
  std::string name;
  Spec estimator;
  std::optional<std::string> equivalent_to;
  std::optional<std::string> like;  ///< where the rest was copied from
  double learning_rate_scale = 1;
  int ulps = 0;  ///< units in the last place added to one weight of every tensor at the start
};

struct InitConfig {
  std::string scheme = "he-uniform";
  std::string file;  ///< a safetensors file in place of the scheme, where not empty
};

struct RecordConfig {
  bool change_points = true;
  Step latent_every = 0;                   ///< steps; 0: never
  std::uint32_t weights_every_epochs = 1;  ///< 0: only the initial and the final weights
  bool driven_twins = false;               ///< follow each learner with the STE equivalent that its gradients drive
  bool bounds = false;                     ///< hold the theorems against every step of equivalent pairs
};

struct ExperimentConfig {
  std::string file;  ///< or preset, where it was read, for messages
  std::string name;
  std::string description;
  std::string precision;  ///< "float" or "double"
  Spec dataset;
  Spec augmentation;  ///< of the training images
  std::variant<Spec, ModelSpec> model;
  InitConfig init;
  Spec quantizer;
  Spec optimizer;
  double learning_rate = 0;  ///< the peak of the schedule
  Spec schedule;
  std::size_t batch_size = 1;
  std::optional<std::uint32_t> epochs;  ///< either this
  std::optional<Step> steps;            ///< or this
  bool shuffle = true;
  std::uint64_t seed = 1;
  std::vector<LearnerConfig> learners;
  std::vector<std::pair<std::string, std::string>> compare;
  RecordConfig record;

  /// "FILE: data.path", as messages name it.
  std::string place(const std::string& path) const { return file.empty() ? path : file + ": " + path; }
};

/// Checks the whole document. Throws one InputError with every problem; places read "FILE: learners[1].estimator.k".
ExperimentConfig read_config(const Json& document, const std::string& file);

/// The config as a document in which nothing is left to defaults; reading it again gives the same config.
Json resolved(const ExperimentConfig& config);

/// The document of a preset or a file. Throws InputError where there is neither (listing the presets) and where the
/// text is not JSON, IoError where the file cannot be read.
Json load_document(const std::string& config_or_preset);

/// Applies the PATH=VALUE overrides to a document and reads it by `read(document, file)`; the problems of both are
/// reported at once.
template <class Read>
auto read_as(Json document, const std::string& file, const std::vector<std::string>& overrides, const Read& read) {
  std::optional<decltype(read(document, file))> config;
  std::vector<Problem> problems;
  collect(problems, [&] { apply_overrides(document, overrides); });
  collect(problems, [&] { config = read(document, file); });
  throw_if_any(problems);
  return *std::move(config);
}

ExperimentConfig load_config(const std::string& config_or_preset, const std::vector<std::string>& overrides = {});

}  // namespace steq
