// SPDX-License-Identifier: MIT
// The shape of the JSON files of a run directory, so that whoever reads one of them can rely on it.
#pragma once

#include <string>

#include "records/json_values.hpp"

namespace steq {

/// True where config.json is that of a training run of steq: it has learners with names and estimators, a model, data,
/// an optimizer.
bool is_training_config(const Json& config);

/// All of these let null pass, which is a file that is not there, and throw InputError with every place in `file` that
/// has the wrong type. Keys may be missing, except that a comparison has texts a and b and a kind of pair, an epoch a
/// text learner.
void check_summary(const Json& summary, const std::string& file);
void check_manifest(const Json& manifest, const std::string& file);
void check_epoch(const Json& epoch, const std::string& line);

}  // namespace steq
