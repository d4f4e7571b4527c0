// SPDX-License-Identifier: MIT
// Finding the files of a dataset, and gathering everything that is wrong with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/core/parameters.hpp"

namespace steq {

/// The declaration of `path`, the directory that holds the files, shared by the datasets that have files.
ParameterInfo path_parameter();

/// The parameters of a dataset that is nothing but files: path, train_limit, test_limit.
std::vector<ParameterInfo> file_parameters();

/// DIRECTORY/NAME, else DIRECTORY/NAME.gz, else nothing. Throws IoError where the system refuses to look.
std::optional<std::string> find_file(const std::string& directory, const std::string& name);

/// The paths of all `names`. Throws InputError listing those that are missing; `source` is a clause that says where
/// users get them ("they come from ...").
std::vector<std::string> find_files(const std::string& directory, const std::vector<std::string>& names,
                                    const std::string& source);

/// The error of find_files, `missing` in words.
InputError missing_files(const std::string& directory, const std::string& missing, const std::string& source);

}  // namespace steq
