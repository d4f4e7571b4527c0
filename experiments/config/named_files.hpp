// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

/// A text at a key `file` or `run` of a config, at whatever depth: a file or directory that the run reads.
struct NamedFile {
  std::string place;      ///< "learners[1].init.file"
  Json::json_pointer at;  ///< the same for the document
  std::string text;
};

std::vector<NamedFile> named_files(const Json& config);

}  // namespace steq
