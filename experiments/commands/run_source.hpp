// SPDX-License-Identifier: MIT
// Where `steq run` has its config from: a file, a preset, or the directory of a run that is to go on.
#pragma once

#include <string>

#include "experiments/entry/run_state.hpp"
#include "records/json_values.hpp"

namespace steq {

struct RunSource {
  std::string name;  ///< of the file or preset, for messages
  Json document;
  std::string directory = {};  ///< of the run, where that is what was given
};

/// Where the wish is to go on, `given` may also be the directory of a run, or its DIR.partial; the config is then that
/// of its checkpoint, or of its results, and files that it names by a relative path are looked for where that run was
/// started as well. Throws InputError where there is no such thing, IoError where it cannot be read.
RunSource run_source(const std::string& given, Wish wish);

}  // namespace steq
