// SPDX-License-Identifier: MIT
// What steq check reads of a run.
#pragma once

#include "experiments/analysis/analysed_run.hpp"

namespace steq {

/// Throws InputError where the directory is not that of a training run with a summary.
void require_facts(const AnalysedRun& run);

/// Throws InputError where config.json has no such learner.
const LearnerConfig& learner_config(const AnalysedRun& run, const std::string& learner);

/// What summary.json says of a learner. Throws InputError where its "learning_rate" and "tensors" are missing.
const Json& facts_of(const AnalysedRun& run, const std::string& learner);

/// Of the layer that holds the tensor, by the shape of its weights. Throws InputError where none were stored.
TensorShape tensor_shape(const AnalysedRun& run, const std::string& learner, const std::string& tensor);

/// A number of summary.json, where what is not finite is a word and becomes infinity; nothing where it is missing or
/// null.
std::optional<double> number(const Json& object, const char* key);

}  // namespace steq
