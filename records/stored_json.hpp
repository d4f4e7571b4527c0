// SPDX-License-Identifier: MIT
// The shape of the JSON files of a run directory, so that whoever reads one of them can rely on it.
#pragma once

#include <string>

#include "records/json_values.hpp"

namespace steq {

/// All of them let null pass, which is a file that is not there, and throw InputError with every place in `file` that
/// has the wrong type. Keys may be missing, except that a comparison has texts a and b, an epoch a text learner.
void check_summary(const Json& summary, const std::string& file);
void check_manifest(const Json& manifest, const std::string& file);
void check_epoch(const Json& epoch, const std::string& line);

}  // namespace steq
