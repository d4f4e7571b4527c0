// SPDX-License-Identifier: MIT
// The readers of a config's sections, each of one key of the document or of a few that belong together.
#pragma once

#include "experiments/config/config.hpp"
#include "experiments/config/config_reader.hpp"

namespace steq {

/// Each reads its keys of `document` into `config`.
void read_data(const ConfigNode& document, ExperimentConfig& config);
void read_init(const ConfigNode& document, ExperimentConfig& config);
void read_quantizer(const ConfigNode& document, ExperimentConfig& config);
void read_optimizer(const ConfigNode& document, ExperimentConfig& config);
void read_record(const ConfigNode& document, ExperimentConfig& config);
void read_model(const ConfigNode& document, ExperimentConfig& config);
void read_learners(const ConfigNode& document, ExperimentConfig& config);
/// After the learners, to whose names it refers.
void read_compare(const ConfigNode& document, ExperimentConfig& config);

/// Why `name` is no name for a learner or an experiment, which become names of files; empty where it is one.
std::string refused_name(const std::string& name);

}  // namespace steq
