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
#include "sim/data/normalization.hpp"
#include "sim/nn/spec.hpp"

namespace steq {

struct InitConfig {
  std::string scheme = "he-uniform";
  std::string file;  ///< a safetensors file in place of the scheme, where not empty
};

struct OptimizerConfig {
  Spec rule;
  double learning_rate = 0;  ///< the peak of the schedule
  Spec schedule;
};

/// What a learner does at the layers `quantize` of its model.
struct ActivationsConfig {
  Spec quantizer;
  Spec surrogate;
  Spec errors;  ///< the quantizer of what comes back; "none": nothing is done to it
};

/// A model by name, or layer by layer.
using ModelConfig = std::variant<Spec, ModelSpec>;

/// Where a frozen network comes from.
struct TeacherConfig {
  ModelConfig model;  ///< of the weights in `file`
  std::string file;   ///< a safetensors file
  std::string run;    ///< or a run directory, with its model and the final weights of `learner`
  std::string learner;
};

struct LossConfig {
  Spec rule;
  std::optional<TeacherConfig> teacher;  ///< where the rule needs one
};

/// What a learner is made of. The document has one, too: to its keys learners fall back.
struct LearnerRecipe {
  Spec quantizer;
  Spec estimator;
  Spec storage;
  std::optional<ActivationsConfig> activations;
  LossConfig loss;
  OptimizerConfig optimizer;
  InitConfig init;
};

struct LearnerConfig : LearnerRecipe {
  std::string name;
  std::optional<std::string> equivalent_to;
  std::optional<std::string> like;  ///< where the rest was copied from
  double learning_rate_scale = 1;
  int ulps = 0;           ///< units in the last place added to one weight of every tensor at the start
  bool rounding = false;  ///< pre-activations are rounded otherwise
};

/// What networks see of pixels / 255.
struct NormalizeConfig {
  bool of_dataset = false;     ///< the numbers are measured in the training images in use, whatever stands here
  Normalization numbers = {};  ///< given or measured; empty: none, or not yet
};

struct DataConfig {
  Spec dataset;
  Spec augmentation;  ///< of the training images
  NormalizeConfig normalize;
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
  std::string kind = "training";
  std::string name;
  std::string description;
  std::string precision;  ///< "float" or "double"
  DataConfig data;
  ModelConfig model;
  LearnerRecipe recipe;  ///< to which the learners' recipes fall back
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
  /// Of the name, which must be one of a learner's.
  const LearnerConfig& learner(const std::string& wanted) const;
};

/// Checks the whole document. Throws one InputError with every problem; places read "FILE: learners[1].estimator.k".
ExperimentConfig read_config(const Json& document, const std::string& file);

/// The same of a stage of a study's variant, whose files may be those of earlier stages: stage:NAME/LEARNER, of which
/// only the study can say whether there is one.
ExperimentConfig read_stage_config(const Json& document, const std::string& file);

/// The config as a document in which nothing is left to defaults; reading it again gives the same config.
Json resolved(const ExperimentConfig& config);

/// A stored config as this version resolves it: keys that are newer than it have their defaults. As it is where it
/// cannot be read.
Json with_defaults(const Json& document);

/// What two resolved configs are compared by: neither names nor descriptions, nor numbers that follow from the data.
Json settings_of(Json resolved);

/// Why `name` is no name for a learner or an experiment, which become names of files; empty where it is one.
std::string refused_name(const std::string& name);
std::string refused_name_value(const Value& name);  ///< the same of a text among the values of keys

/// How messages call what load_document() reads.
std::string document_place(const std::string& source);

/// The document of a preset, of a file, or of standard input ("-"). It is read once, so that pipes will do. Throws
/// InputError where there is none of these (listing the presets) and where the text is not JSON, IoError where the file
/// cannot be read.
Json load_document(const std::string& source);

/// Applies the PATH=VALUE overrides to a document and reads it by `read(document, place)`; the problems of all are
/// reported at once.
template <class Read>
auto read_overridden(Json document, const std::string& place, const std::vector<std::string>& overrides,
                     const Read& read) {
  std::optional<decltype(read(document, place))> config;
  std::vector<Problem> problems;
  collect(problems, [&] { apply_overrides(document, overrides); });
  collect(problems, [&] { config = read(document, place); });
  throw_if_any(problems);
  return *std::move(config);
}
ExperimentConfig load_config(const std::string& source, const std::vector<std::string>& overrides = {});

}  // namespace steq
