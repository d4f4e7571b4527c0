// SPDX-License-Identifier: MIT
// The tables of a config's keys. A new key is one entry here, and the member that it fills.
#pragma once

#include "experiments/config/config.hpp"
#include "experiments/config/key.hpp"

namespace steq {

const KeyTable<ExperimentConfig>& document_keys();
const KeyTable<DataConfig>& data_keys();
const KeyTable<InitConfig>& init_keys();
const KeyTable<OptimizerConfig>& optimizer_keys();
const KeyTable<RecordConfig>& record_keys();
const KeyTable<ActivationsConfig>& activations_keys();
const KeyTable<LossConfig>& loss_keys();
/// Keys that the document and each learner may have.
const KeyTable<LearnerRecipe>& recipe_keys();
/// Of a learner: those, and its own.
const KeyTable<LearnerConfig>& learner_keys();

/// Keys whose values are neither plain values nor objects of a table.
Key<DataConfig> normalize_key();
Key<LearnerRecipe> activations_key();
KeyInfo model_info(const std::string& meaning);  ///< of the network itself, as the two below
void read_model(const ConfigNode& node, ModelConfig& model);
Json written_model(const ModelConfig& model);
Key<ExperimentConfig> model_key();
Key<ExperimentConfig> learners_key();
Key<ExperimentConfig> compare_key();

}  // namespace steq
